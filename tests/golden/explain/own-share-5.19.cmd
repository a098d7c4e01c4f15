"$AW" explain own-share-5.19.log
