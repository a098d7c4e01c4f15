"$AW" explain counters-front-cut-3.18.kern
