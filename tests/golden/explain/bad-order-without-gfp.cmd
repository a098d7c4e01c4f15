"$AW" explain --order 4
