"$AW" explain words-below-headers.log
