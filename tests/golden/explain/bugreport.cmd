"$AW" explain bugreport.zip
