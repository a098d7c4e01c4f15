"$AW" explain kill-by-cpuset.log
