"$AW" explain dma-remap-6.1.log
