"$AW" explain shortage-mips-3.10.log
