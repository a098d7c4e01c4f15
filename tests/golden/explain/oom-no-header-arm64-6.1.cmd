"$AW" explain oom-no-header-arm64-6.1.log
