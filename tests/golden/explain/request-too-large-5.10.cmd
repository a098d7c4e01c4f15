COLUMNS=80 "$AW" explain --order 12 --gfp GFP_KERNEL --kernel 5.10
