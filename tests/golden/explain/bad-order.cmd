"$AW" explain --order x --gfp 0xd0
