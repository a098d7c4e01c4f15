"$AW" explain syslog-host-and-level.kern
