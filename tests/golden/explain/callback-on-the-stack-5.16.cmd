"$AW" explain callback-on-the-stack-5.16.kern
