"$AW" explain --colour
