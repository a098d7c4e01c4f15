"$AW" explain kill-quoted-first.kern
