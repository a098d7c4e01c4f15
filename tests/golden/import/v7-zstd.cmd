"$AW" v7-zstd.dat
