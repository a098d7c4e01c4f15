"$AW" explain blocks-in-prose.txt
