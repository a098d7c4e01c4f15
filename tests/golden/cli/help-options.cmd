"$AW" export --help=options
