"$AW" --help
