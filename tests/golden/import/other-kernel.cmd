"$AW" report -k nonsense perf.data
