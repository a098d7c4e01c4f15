"$AW" explain wrapped-narrow-6.6.log
