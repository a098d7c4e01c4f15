"$AW" explain slab-lines-two-kernels.kern
