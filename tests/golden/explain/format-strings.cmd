"$AW" explain format-strings.txt
