COLUMNS=80 "$AW" explain --order 4 --gfp "GFP_KERNEL|__GFP_NOFAIL" --kernel 4.9
