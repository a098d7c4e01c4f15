"$AW" explain two-hosts-one-log-5.15.kern
