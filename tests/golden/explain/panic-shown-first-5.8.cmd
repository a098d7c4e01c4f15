"$AW" explain panic-shown-first-5.8.kern
