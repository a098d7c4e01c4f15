"$AW" record --switch-max-files 1
