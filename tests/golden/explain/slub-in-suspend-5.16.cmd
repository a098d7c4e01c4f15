"$AW" explain slub-in-suspend-5.16.kern
