"$AW" live --help=all
