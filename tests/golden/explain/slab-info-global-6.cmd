"$AW" explain slab-info-global-6.log
