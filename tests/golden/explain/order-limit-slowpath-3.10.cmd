"$AW" explain order-limit-slowpath-3.10.kern
