"$AW" explain fault-03-vmalloc-zero-bytes.log
