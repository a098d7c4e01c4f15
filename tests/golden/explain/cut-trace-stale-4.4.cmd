"$AW" explain cut-trace-stale-4.4.log
