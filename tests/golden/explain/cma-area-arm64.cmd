"$AW" explain cma-area-arm64.log
