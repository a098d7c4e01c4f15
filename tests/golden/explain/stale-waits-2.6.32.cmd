"$AW" explain stale-waits-2.6.32.kern
