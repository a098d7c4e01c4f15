"$AW" record --switch-output 4K
