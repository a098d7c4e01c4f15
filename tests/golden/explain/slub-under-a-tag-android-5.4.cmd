"$AW" explain slub-under-a-tag-android-5.4.kern
