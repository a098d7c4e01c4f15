"$AW" explain oom-guesses-cut-3.16.log
