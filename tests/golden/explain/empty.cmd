"$AW" explain empty.log
