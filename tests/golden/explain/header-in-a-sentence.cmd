"$AW" explain header-in-a-sentence.kern
