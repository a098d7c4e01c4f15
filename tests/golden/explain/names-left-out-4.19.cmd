"$AW" explain names-left-out-4.19.log
