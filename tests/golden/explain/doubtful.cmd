"$AW" explain doubtful.log
