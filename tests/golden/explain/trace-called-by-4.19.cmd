"$AW" explain trace-called-by-4.19.txt
