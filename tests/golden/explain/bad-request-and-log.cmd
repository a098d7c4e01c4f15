"$AW" explain --order 4 --gfp 0xd0 empty.log
