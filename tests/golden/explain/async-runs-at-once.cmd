"$AW" explain async-runs-at-once.kern
