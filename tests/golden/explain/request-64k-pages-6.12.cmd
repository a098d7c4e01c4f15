COLUMNS=80 "$AW" explain --order 2 --gfp GFP_KERNEL --kernel 6.12 --page-size 64K
