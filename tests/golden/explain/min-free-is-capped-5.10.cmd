"$AW" explain min-free-is-capped-5.10.kern
