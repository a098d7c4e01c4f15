"$AW" explain --order
