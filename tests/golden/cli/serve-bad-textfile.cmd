"$AW" serve --textfile ""
