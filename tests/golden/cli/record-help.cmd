"$AW" record --help
