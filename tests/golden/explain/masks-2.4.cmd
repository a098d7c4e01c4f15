"$AW" explain masks-2.4.kern
