"$AW" explain cut-at-column-80.log
