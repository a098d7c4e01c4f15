"$AW" explain vmap-lines-long-before-5.4.kern
