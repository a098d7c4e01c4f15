"$AW" explain oom-cpuset-6.1.log
