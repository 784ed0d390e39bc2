# shellcheck shell=bash
# Runs the steps of a long job one after another, times each, and stops waiting when the time is up.

started=$SECONDS
passed=0
failed=0
skipped=0
failures=""
limit_minutes="${VISAVIS_TEST_MINUTES:-75}"

# step NAME COMMAND…: a failure is counted, and the next step runs all the same.
step() {
  local name="$1" before=$SECONDS left status=0
  shift
  left=$((limit_minutes * 60 - (SECONDS - started)))
  echo
  echo "== $name"
  if [ "$left" -le 0 ]; then
    echo "== $name: not run, the $limit_minutes minutes are over"
    status=124
  elif declare -F "$1" >/dev/null; then
    "$@" || status=$?
  else
    timeout --foreground "$left" "$@" || status=$?
  fi
  if [ "$status" = 0 ]; then
    passed=$((passed + 1))
    echo "== $name … $((SECONDS - before)) s"
  else
    failed=$((failed + 1))
    failures="$failures$name; "
    echo "== $name … failed with $status after $((SECONDS - before)) s"
  fi
  return "$status"
}

# skip NAME WHY
skip() {
  skipped=$((skipped + 1))
  printf '\n== %s … skipped: %s\n' "$1" "$2"
}

# finish: the last lines, and the exit status of the whole.
finish() {
  local total=$((SECONDS - started))
  echo
  if [ "$total" -gt $((limit_minutes * 60)) ]; then
    failed=$((failed + 1))
    failures="${failures}over $limit_minutes minutes; "
  fi
  # The tests by name, with their errors: the last lines are all that a reader of CI may see.
  if [ -s "${VISAVIS_TEST_REPORT:-}" ]; then cut -c 1-300 "$VISAVIS_TEST_REPORT"; echo; fi
  if [ -n "$failures" ]; then echo "failed: ${failures%; }"; fi
  echo "total $((total / 60)) min $((total % 60)) s"
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" = 0 ]
}
