"$AW" export --format json -o "" a.aw
