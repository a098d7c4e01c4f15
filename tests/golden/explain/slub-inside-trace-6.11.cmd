"$AW" explain slub-inside-trace-6.11.log
