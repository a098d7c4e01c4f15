"$AW" explain mask-without-its-names.kern
