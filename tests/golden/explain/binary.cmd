"$AW" explain binary.bin
