"$AW" explain copies.tar.xz
