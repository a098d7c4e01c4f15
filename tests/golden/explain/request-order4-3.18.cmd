COLUMNS=80 "$AW" explain --order 4 --gfp 0xc0d0 --kernel 3.18
