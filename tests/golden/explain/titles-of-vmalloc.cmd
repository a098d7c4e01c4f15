"$AW" explain titles-of-vmalloc.log
