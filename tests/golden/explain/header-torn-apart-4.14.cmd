"$AW" explain header-torn-apart-4.14.kern
