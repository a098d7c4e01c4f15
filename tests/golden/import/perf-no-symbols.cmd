"$AW" explain perf.data
