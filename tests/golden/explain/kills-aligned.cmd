"$AW" explain kills-aligned.kern
