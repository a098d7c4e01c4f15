"$AW" perf-script.txt
