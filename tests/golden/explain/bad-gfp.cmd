"$AW" explain --order 1 --gfp GFP_NONSENSE --kernel 6.1
