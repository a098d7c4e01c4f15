"$AW" explain panics-of-two-boots-5.8.kern
