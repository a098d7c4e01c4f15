"$AW" explain
