"$AW" explain fault-27-quoted-printable.log
