"$AW" explain slub-node-gone.kern
