"$AW" explain case-order4-android-3.18.txt
