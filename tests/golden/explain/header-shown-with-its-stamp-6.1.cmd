"$AW" explain header-shown-with-its-stamp-6.1.kern
