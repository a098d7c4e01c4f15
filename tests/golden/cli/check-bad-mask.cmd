"$AW" check --order 4 --gfp __GFP_NONSENSE
