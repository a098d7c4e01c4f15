"$AW" explain wrappers-arm64-6.6.log
