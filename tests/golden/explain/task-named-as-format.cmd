"$AW" explain task-named-as-format.kern
