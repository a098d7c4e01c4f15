"$AW" explain interrupted-rip.log
