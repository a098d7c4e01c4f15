"$AW" explain logs
