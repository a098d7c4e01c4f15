"$AW" explain warning-slowpath-alone-5.10.kern
