"$AW" explain pools-dma.log
