"$AW" explain slab-of-cgroup-3.10.log
