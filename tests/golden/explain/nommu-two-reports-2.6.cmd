"$AW" explain nommu-two-reports-2.6.log
