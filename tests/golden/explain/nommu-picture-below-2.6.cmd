"$AW" explain nommu-picture-below-2.6.kern
