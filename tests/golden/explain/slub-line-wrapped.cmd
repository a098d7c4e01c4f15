"$AW" explain slub-line-wrapped.log
