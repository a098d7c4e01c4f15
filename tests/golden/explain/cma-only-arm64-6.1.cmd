"$AW" explain cma-only-arm64-6.1.log
