"$AW" explain kill-with-a-free-node-4.9.kern
