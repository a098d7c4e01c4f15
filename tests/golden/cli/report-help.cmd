"$AW" report --help
