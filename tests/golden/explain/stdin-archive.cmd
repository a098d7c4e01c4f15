cd logs && "$AW" explain - < support.tar.zst
