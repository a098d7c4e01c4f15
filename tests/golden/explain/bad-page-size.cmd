"$AW" explain --page-size 5000 x.log
