"$AW" explain swiotlb-coherent-arm64-4.19.kern
