"$AW" explain trace-of-a-crash-4.16.kern
