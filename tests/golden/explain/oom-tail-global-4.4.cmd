"$AW" explain oom-tail-global-4.4.log
