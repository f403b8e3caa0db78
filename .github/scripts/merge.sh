#!/bin/sh
# One report from the shards of a target, its history, and what changed since the last run. Ends with 1 on newly failing
# only: a nightly run is red when something broke, not as long as it is broken.
set -eu

case $TARGET in
  *[!a-z0-9-]* | '') echo 'error TARGET is no name of a target' >&2; exit 2 ;;
esac
report="reports/$TARGET"
before="reports/previous/$TARGET/conformance.json"
change="reports/change/$TARGET"
mkdir -p "$change" "$(dirname "$before")"

token=$(od -An -N16 -t x1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
status=0
npm run --silent report -- --merge shards/* --out "$report" --history "reports/history/$TARGET.jsonl" 2>&1 || status=$?
changed=0
if [ "$status" -eq 0 ] && [ -f "$before" ]; then
  npm run --silent compare -- --diff "$before" "$report/conformance.json" --out "$change" 2>&1 || changed=$?
fi
echo
echo "::$token::"

if [ "$status" -ne 0 ]; then exit "$status"; fi
cat "$report/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
if [ -f "$change/diff.md" ]; then cat "$change/diff.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"; fi
cp "$report/conformance.json" "$before"
exit "$changed"
