COLUMNS=80 "$AW" explain --order 4 --gfp 0x24000c0 --kernel 3.18
