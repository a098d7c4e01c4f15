"$AW" explain vmap-in-two-sentences.kern
