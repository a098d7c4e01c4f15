"$AW" explain trace-in-a-sentence-callers-5.10.txt
