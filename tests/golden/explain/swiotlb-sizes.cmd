"$AW" explain swiotlb-sizes.kern
