"$AW" explain journal-verbose-lines.verbose | grep logged
