"$AW" explain --kernel six x.log
