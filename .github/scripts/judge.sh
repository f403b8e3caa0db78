#!/bin/sh
# Judges one target for action.yml and the nightly workflow. Everything comes by the environment, so that no input is ever
# part of a script; what the target says is printed between stop-commands tokens, so that no answer is a command.
set -eu

start=$PWD
suite=$(cd "$(dirname "$0")/../.." && pwd)

absolute() {
  case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s/%s' "$start" "$1" ;;
  esac
}

random() {
  od -An -N "$1" -t x1 /dev/urandom | tr -d ' \n'
}

# Options as lines, a name and its value in turn.
words=''
asked=0
add() {
  if [ -z "$2" ]; then return 0; fi
  asked=$((asked + 2))
  words="$words$1
$2
"
}

seed=${INPUT_SEED:-1}
if [ "$seed" = random ]; then seed=$((0x$(random 3))); fi
report=$(absolute "${INPUT_REPORT:-conformance-report}")

add --base-url "${INPUT_BASE_URL:-}"
target=${INPUT_TARGET:-}
if [ -n "$target" ] && [ -e "$(absolute "$target")" ]; then target=$(absolute "$target"); fi
add --target "$target"
add --model "${INPUT_MODEL:-}"
add --edition "${INPUT_EDITION:-}"
add --mode "${INPUT_MODE:-}"
add --tier "${INPUT_TIER:-}"
add --only "${INPUT_ONLY:-}"
add --max-jobs "${INPUT_MAX_JOBS:-}"
add --lifecycle "${INPUT_LIFECYCLE:-}"
add --shard "${INPUT_SHARD:-}"
if [ -n "${INPUT_WAIVERS:-}" ]; then add --waivers "$(absolute "$INPUT_WAIVERS")"; fi
add --seed "$seed"
add --report "$report"

IFS='
'
set -f
# shellcheck disable=SC2086
set -- $words
set +f
unset IFS
# An input that brings lines of its own would bring options of its own.
if [ "$asked" -ne $# ]; then
  echo 'error an input holds a line break; give each on one line' >&2
  exit 2
fi

echo "seed $seed"
token=$(random 16)
echo "::stop-commands::$token"
status=0
npm --prefix "$suite" run --silent conformance -- "$@" 2>&1 || status=$?
echo
echo "::$token::"

{
  echo "exit-code=$status"
  echo "seed=$seed"
  echo "report=$report"
} >>"${GITHUB_OUTPUT:-/dev/null}"
if [ -f "$report/summary.md" ]; then cat "$report/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"; fi

case ${INPUT_FAIL_ON:-any} in
  never) exit 0 ;;
  fault) if [ "$status" -eq 2 ] || [ "$status" -eq 4 ]; then exit "$status"; fi ;;
  *) exit "$status" ;;
esac
