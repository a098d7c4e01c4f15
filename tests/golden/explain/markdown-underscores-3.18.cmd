"$AW" explain markdown-underscores-3.18.kern
