"$AW" explain warning-dma-too-large.kern
