"$AW" explain slub-node-gone.log
