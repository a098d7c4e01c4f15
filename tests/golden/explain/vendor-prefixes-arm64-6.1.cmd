"$AW" explain vendor-prefixes-arm64-6.1.log
