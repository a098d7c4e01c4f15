"$AW" explain interrupted-rip.kern
