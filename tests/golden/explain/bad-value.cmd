"$AW" explain --help=1
