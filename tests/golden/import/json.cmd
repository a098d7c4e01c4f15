"$AW" export --format jsonl v7-zstd.dat | head -n 1
