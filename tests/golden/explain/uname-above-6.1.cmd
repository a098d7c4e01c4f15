"$AW" explain uname-above-6.1.log
