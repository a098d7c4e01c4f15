"$AW" explain slab-caches-without-totals-6.6.kern
