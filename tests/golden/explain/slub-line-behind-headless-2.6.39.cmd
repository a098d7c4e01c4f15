"$AW" explain slub-line-behind-headless-2.6.39.kern
