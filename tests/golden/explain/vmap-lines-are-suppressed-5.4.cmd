"$AW" explain vmap-lines-are-suppressed-5.4.kern
