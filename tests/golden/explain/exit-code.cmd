"$AW" explain --exit-code cut-header.log
