"$AW" explain ranges-of-sizes.kern
