"$AW" explain reserve-own-column-ppc32-6.8.log
