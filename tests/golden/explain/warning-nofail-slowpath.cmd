"$AW" explain warning-nofail-slowpath.kern
