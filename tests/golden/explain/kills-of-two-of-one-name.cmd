"$AW" explain kills-of-two-of-one-name.kern
