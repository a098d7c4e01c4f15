"$AW" explain warning-dma-too-large.log
