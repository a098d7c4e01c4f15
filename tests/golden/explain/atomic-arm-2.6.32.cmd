"$AW" explain atomic-arm-2.6.32.log
