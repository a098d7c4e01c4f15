"$AW" explain stamp-behind-flowed-line.kern
