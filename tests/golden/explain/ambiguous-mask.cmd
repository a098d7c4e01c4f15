"$AW" explain ambiguous-mask.log
