"$AW" explain vmalloc-no-pages-asked.log
