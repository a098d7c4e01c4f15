"$AW" explain fault-09-no-break-spaces.log
