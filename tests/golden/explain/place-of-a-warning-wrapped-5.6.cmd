"$AW" explain place-of-a-warning-wrapped-5.6.kern
