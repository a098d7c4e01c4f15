"$AW" check --order 4 --gfp GFP_KERNEL --count 0
