"$AW" explain working-path-in-prose-5.10.kern
