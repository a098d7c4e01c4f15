COLUMNS=80 "$AW" explain --order 4 --gfp 0x40dc0 --kernel 6.1
