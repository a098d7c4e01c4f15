"$AW" explain arrows-of-workers-5.15.kern
