"$AW" explain fault-04-highatomic-not-printed-4.4.log
