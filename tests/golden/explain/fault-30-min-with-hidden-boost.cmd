"$AW" explain fault-30-min-with-hidden-boost.log
