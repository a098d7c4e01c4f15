"$AW" live --source perf
