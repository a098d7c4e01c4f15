"$AW" explain mask-of-4.4-atomic-4.1.log
