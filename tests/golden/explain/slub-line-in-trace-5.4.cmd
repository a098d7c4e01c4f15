"$AW" explain slub-line-in-trace-5.4.log
