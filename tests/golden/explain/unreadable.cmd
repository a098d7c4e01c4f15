"$AW" explain no-such-file.log
