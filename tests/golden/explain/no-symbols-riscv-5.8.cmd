"$AW" explain no-symbols-riscv-5.8.kern
