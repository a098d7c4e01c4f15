"$AW" explain dma-exhausted-x86_64-5.4.log
