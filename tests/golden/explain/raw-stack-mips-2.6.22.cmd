"$AW" explain raw-stack-mips-2.6.22.log
