"$AW" explain fault-19-era-of-mode-0x20.log
