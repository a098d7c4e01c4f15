"$AW" explain damaged.tar.zst
