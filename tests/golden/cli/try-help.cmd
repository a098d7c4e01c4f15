"$AW" try --help
