"$AW" explain release-ends-a-sentence-5.2.kern
