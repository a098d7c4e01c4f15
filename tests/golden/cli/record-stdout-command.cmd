"$AW" record -o - -- true
