"$AW" explain fault-16-oom-between-min-and-high.log
