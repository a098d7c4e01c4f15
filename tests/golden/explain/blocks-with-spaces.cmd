"$AW" explain blocks-with-spaces.log
