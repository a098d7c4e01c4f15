"$AW" explain listed-trace-wrapped-7.log
