"$AW" explain task-named-as-comment-5.10.kern
