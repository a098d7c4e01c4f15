"$AW" explain oom-trace-of-another.log
