"$AW" explain vmap-larger-than-any-6.13.kern
