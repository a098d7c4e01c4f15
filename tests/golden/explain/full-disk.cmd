"$AW" explain cut-header.log > /dev/full
