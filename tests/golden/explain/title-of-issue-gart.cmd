"$AW" explain title-of-issue-gart.kern
