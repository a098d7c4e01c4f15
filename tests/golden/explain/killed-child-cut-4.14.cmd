"$AW" explain killed-child-cut-4.14.kern
