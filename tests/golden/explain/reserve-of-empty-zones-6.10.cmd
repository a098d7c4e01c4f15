"$AW" explain reserve-of-empty-zones-6.10.log
