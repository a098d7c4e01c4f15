"$AW" explain swiotlb-no-space-in-prose.kern
