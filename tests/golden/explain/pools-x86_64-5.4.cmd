"$AW" explain pools-x86_64-5.4.log
