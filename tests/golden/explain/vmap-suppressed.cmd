"$AW" explain vmap-suppressed.kern
