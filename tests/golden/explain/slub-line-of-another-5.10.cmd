"$AW" explain slub-line-of-another-5.10.kern
