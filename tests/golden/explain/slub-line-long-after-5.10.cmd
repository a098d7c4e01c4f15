"$AW" explain slub-line-long-after-5.10.kern
