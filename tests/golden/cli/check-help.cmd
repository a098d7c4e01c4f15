"$AW" check --help
