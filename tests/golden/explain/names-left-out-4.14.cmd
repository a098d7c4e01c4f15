"$AW" explain names-left-out-4.14.log
