"$AW" explain no-header-no-failure.log
