"$AW" explain header-in-quotes-6.9.kern
