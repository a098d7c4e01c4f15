"$AW" explain stamps-of-differences-6.1.kern
