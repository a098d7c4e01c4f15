"$AW" explain no-watermarks-6.6.kern
