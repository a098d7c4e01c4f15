"$AW" explain --order 1 --gfp __GFP_REPEAT --kernel 6.1
