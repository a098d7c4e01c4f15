"$AW" explain title-repeats-header.kern
