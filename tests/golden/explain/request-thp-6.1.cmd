COLUMNS=80 "$AW" explain --order 9 --gfp GFP_TRANSHUGE_LIGHT --kernel 6.1
