"$AW" explain totals-cut-slab-5.4.kern
