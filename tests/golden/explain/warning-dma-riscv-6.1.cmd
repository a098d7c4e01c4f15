"$AW" explain warning-dma-riscv-6.1.kern
