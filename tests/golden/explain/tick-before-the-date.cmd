"$AW" explain tick-before-the-date.kern
