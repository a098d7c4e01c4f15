"$AW" explain warning-listed-trace-5.18.kern
