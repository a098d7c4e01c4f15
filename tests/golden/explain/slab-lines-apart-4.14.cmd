"$AW" explain slab-lines-apart-4.14.kern
