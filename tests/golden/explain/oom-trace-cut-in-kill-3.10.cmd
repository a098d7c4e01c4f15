"$AW" explain oom-trace-cut-in-kill-3.10.log
