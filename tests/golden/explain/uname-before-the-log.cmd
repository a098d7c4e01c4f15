"$AW" explain uname-before-the-log.log
