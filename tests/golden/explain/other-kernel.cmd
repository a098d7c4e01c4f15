"$AW" explain --kernel 4.4 ambiguous-mask.log
