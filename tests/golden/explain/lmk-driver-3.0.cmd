"$AW" explain lmk-driver-3.0.kern
