"$AW" explain no-failures.log
