"$AW" explain .
