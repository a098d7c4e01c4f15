"$AW" explain fault-14-source-text-is-no-failure.log
