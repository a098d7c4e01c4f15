"$AW" export --help
