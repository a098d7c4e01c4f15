COLUMNS=80 "$AW" explain -o 2 -g "GFP_ATOMIC|__GFP_COMP" -k 5.4
