"$AW" explain coherent-pool-never-made-5.18.kern
