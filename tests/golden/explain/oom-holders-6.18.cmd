"$AW" explain oom-holders-6.18.log
