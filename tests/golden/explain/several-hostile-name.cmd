d=$(mktemp -d) && cp cut-header.log "$d/$(printf "a\033[2J.log")" && cd "$d" && "$AW" explain a* no-such* -- -dash; status=$?; rm -r "$d"; exit $status
