"$AW" explain --help
