"$AW" explain swiotlb-sizes.log
