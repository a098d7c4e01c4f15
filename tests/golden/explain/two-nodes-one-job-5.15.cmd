"$AW" explain two-nodes-one-job-5.15.kern
