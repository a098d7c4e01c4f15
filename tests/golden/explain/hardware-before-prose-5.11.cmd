"$AW" explain hardware-before-prose-5.11.kern
