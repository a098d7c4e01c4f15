"$AW" --help > /dev/full
