"$AW" explain no-such-file.log cut-header.log no-such-directory/
