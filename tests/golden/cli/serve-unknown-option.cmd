"$AW" serve --top 5
