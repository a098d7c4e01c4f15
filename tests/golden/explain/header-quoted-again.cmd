"$AW" explain header-quoted-again.kern
