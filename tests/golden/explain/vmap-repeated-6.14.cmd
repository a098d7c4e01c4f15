"$AW" explain vmap-repeated-6.14.kern
