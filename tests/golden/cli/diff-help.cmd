"$AW" diff --help
