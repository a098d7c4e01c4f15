"$AW" explain arm-pair-wrapped-quote.log
