"$AW" explain slab-line-2.6.32.log
