"$AW" report nowhere.aw
