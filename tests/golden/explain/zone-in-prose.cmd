"$AW" explain zone-in-prose.txt
