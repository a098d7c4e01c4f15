"$AW" explain fault-26-header-over-three-lines.log
