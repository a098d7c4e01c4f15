"$AW" explain syslog-arm64-6.1.log
