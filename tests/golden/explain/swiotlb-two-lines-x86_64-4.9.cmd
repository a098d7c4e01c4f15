"$AW" explain swiotlb-two-lines-x86_64-4.9.log
