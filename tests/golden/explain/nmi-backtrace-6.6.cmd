"$AW" explain nmi-backtrace-6.6.kern
