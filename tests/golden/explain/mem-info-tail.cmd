"$AW" explain mem-info-tail.kern
