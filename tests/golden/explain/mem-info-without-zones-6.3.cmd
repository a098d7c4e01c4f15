"$AW" explain mem-info-without-zones-6.3.log
