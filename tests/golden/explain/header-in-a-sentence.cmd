"$AW" explain header-in-a-sentence.log
