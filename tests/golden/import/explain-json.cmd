"$AW" explain --json perf.data
