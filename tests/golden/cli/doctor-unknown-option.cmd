"$AW" doctor --yaml
