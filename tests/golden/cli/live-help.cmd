"$AW" live --help
