"$AW" explain fault-21-lowmem-reserve-below.log
