"$AW" explain lines-left-out-5.11.kern
