"$AW" explain no-meminfo-arm64-6.1.log
