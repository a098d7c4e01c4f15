"$AW" explain no-failures.log cut-header.log --exit-code
