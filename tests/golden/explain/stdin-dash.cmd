"$AW" explain - < cut-header.log
