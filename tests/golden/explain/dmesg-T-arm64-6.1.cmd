"$AW" explain dmesg-T-arm64-6.1.log
