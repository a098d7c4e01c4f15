"$AW" explain vmalloc-no-pages-asked.kern
