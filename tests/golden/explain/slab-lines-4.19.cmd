"$AW" explain slab-lines-4.19.log
