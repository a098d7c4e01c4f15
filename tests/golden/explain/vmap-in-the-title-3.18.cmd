"$AW" explain vmap-in-the-title-3.18.kern
