"$AW" explain cma-area-arm64.log failure-arm64-6.1.log - < cma-only-arm64-6.1.log
