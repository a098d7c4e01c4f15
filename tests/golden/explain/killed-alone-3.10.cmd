"$AW" explain killed-alone-3.10.log
