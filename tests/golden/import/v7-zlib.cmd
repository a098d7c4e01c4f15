"$AW" report v7-zlib.dat
