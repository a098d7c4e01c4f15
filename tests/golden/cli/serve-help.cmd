"$AW" serve --help
