"$AW" explain pieces-on-lines-4.14.kern
