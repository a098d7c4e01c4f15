"$AW" explain cma-in-the-title.kern
