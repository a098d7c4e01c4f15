"$AW" explain a.log b.log
