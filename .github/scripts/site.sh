#!/bin/sh
# The static site: a page for each target, and the matrix over all of them where there are several.
set -eu

rm -rf site
mkdir -p site
count=0
for report in downloaded/report-*; do
  [ -f "$report/conformance.json" ] || continue
  name=${report#downloaded/report-}
  mkdir -p "site/$name"
  for file in index.html conformance.json coverage.json summary.md badge.svg badge.json; do
    if [ -f "$report/$file" ]; then cp "$report/$file" "site/$name/$file"; fi
  done
  count=$((count + 1))
done
if [ "$count" -eq 0 ]; then echo 'error no report was downloaded' >&2; exit 3; fi
if [ "$count" -eq 1 ]; then
  cp site/*/* site/
else
  npm run --silent compare -- site/*/ --out site
fi
