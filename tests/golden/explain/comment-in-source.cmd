"$AW" explain comment-in-source.kern
