"$AW" explain relayed-under-another-name-5.15.kern
