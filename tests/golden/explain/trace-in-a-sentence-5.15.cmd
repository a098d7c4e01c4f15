"$AW" explain trace-in-a-sentence-5.15.txt
