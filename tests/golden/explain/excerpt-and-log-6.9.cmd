"$AW" explain excerpt-and-log-6.9.kern
