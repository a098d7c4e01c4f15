"$AW" explain fault-01-vmalloc-space-used-up.log
