"$AW" explain memalloc-by-frames-6.6.kern
