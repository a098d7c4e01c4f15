"$AW" explain < ../../compat/kept/v1.aw; gzip -cn ../../compat/kept/v1.aw | "$AW" explain; "$AW" explain < ../import/perf.data | head -n 2 | tail -n 1
