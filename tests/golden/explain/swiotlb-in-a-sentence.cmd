"$AW" explain swiotlb-in-a-sentence.kern
