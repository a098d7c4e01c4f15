"$AW" explain vmalloc-module-area.log
