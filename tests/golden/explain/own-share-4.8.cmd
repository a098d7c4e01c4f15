"$AW" explain own-share-4.8.kern
