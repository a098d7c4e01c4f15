"$AW" explain swiotlb-wrapped-slots.log
