"$AW" explain oom-panic-6.8.log
