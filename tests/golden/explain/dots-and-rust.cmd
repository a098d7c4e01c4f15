"$AW" explain dots-and-rust.kern
