"$AW" explain --json --order 4 --gfp 0xd0
