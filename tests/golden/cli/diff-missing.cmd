"$AW" diff missing.aw other.aw
