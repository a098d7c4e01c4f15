"$AW" explain dma-without-mem-info.log
