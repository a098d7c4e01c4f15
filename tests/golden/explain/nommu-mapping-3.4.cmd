"$AW" explain nommu-mapping-3.4.log
