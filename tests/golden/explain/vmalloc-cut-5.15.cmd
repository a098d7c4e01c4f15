"$AW" explain vmalloc-cut-5.15.log
