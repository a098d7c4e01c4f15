"$AW" explain fault-20-two-headers-one-trace.log
