"$AW" live --help=everything
