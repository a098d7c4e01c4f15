"$AW" explain kill-by-policy.kern
