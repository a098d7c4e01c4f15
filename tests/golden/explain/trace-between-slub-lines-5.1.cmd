"$AW" explain trace-between-slub-lines-5.1.kern
