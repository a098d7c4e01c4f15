"$AW" explain panic-with-its-trace-5.19.kern
