"$AW" explain oom-two-adj.log
