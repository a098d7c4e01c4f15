"$AW" explain two-machines-in-a-mail-5.8.kern
