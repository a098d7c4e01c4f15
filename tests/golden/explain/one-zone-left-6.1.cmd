"$AW" explain one-zone-left-6.1.kern
