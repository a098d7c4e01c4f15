"$AW" explain nobody-killed-alone.log
