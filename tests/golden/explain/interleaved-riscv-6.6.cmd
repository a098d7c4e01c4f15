"$AW" explain interleaved-riscv-6.6.log
