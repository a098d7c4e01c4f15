"$AW" explain warnings-listed-6.4.kern
