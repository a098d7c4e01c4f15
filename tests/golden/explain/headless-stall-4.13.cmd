"$AW" explain headless-stall-4.13.kern
