"$AW" explain uname-before-the-log.kern
