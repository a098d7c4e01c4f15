"$AW" explain slub-cache-line-of-another-5.4.kern
