"$AW" explain panic-in-short-first-5.15.kern
