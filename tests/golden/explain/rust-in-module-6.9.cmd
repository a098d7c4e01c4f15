"$AW" explain rust-in-module-6.9.log
