"$AW" doctor --help
