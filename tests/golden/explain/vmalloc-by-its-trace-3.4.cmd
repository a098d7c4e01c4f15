"$AW" explain vmalloc-by-its-trace-3.4.kern
