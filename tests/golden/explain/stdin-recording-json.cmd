"$AW" explain --json < ../../compat/kept/v1.aw > /dev/null
