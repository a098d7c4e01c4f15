"$AW" explain work-item-arm64-6.6.log && "$AW" explain --json work-item-arm64-6.6.log 2>/dev/null | tr , '\n' | grep -A1 -E 'site_certainty|work_item'
