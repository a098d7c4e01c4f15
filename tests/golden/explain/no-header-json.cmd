"$AW" explain --json no-header-arm64-6.1.log 2>/dev/null | tr , '\n' | grep -E '"(order|gfp|headline|rule|cause|symbol|missing)"'
