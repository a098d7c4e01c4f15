"$AW" explain out-of-memory-2.6.7.log
