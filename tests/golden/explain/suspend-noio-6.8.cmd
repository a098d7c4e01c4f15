"$AW" explain suspend-noio-6.8.log
