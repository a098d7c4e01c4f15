"$AW" explain fault-22-frames-of-2.6.18.log
