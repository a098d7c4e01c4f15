"$AW" explain --exit-code no-failures.log
