# What no transfer damages makes it a recording still.
dir=$(mktemp -d)
printf 'AWREC\n\n' > "$dir/damaged.aw"
"$AW" "$dir/damaged.aw" 2>&1 | sed "s,$dir/,,"
rm -r "$dir"
