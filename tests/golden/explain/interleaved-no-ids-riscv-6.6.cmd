"$AW" explain interleaved-no-ids-riscv-6.6.log
