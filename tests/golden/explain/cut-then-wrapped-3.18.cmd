"$AW" explain cut-then-wrapped-3.18.log
