"$AW" explain vmalloc-module-area.kern
