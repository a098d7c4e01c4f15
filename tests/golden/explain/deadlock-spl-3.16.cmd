"$AW" explain deadlock-spl-3.16.log
