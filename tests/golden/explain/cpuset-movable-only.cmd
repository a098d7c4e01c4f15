"$AW" explain cpuset-movable-only.log
