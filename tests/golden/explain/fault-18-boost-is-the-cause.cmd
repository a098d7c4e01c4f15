"$AW" explain fault-18-boost-is-the-cause.log
