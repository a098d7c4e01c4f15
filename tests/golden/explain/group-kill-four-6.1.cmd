"$AW" explain group-kill-four-6.1.kern; "$AW" explain --json group-kill-four-6.1.kern 2>&1 | grep -o "\"killed\":.*\"memcg\""
