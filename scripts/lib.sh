# Shared by the scripts beside it: sourced, not run.
set -euo pipefail
export LC_ALL=C.UTF-8
project_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
log_dir=$project_dir/build/logs
mkdir -p "$log_dir"

say() { printf '== %s\n' "$*"; }

# step LABEL COMMAND...: runs the command with its output in build/logs/LABEL.log, says every
# twenty seconds how far it is, and prints the end of the log if it fails.
step() {
  local label=$1 log start pid status=0 told=0
  shift
  log=$log_dir/${label//[^A-Za-z0-9]/-}.log
  start=$SECONDS
  say "$label"
  "$@" >"$log" 2>&1 &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    if [ $((SECONDS - start - told)) -ge 20 ]; then
      told=$((SECONDS - start))
      printf '   %3d s: %s\n' "$told" "$(tail -n 1 "$log" | cut -c1-100)"
    fi
  done
  wait "$pid" || status=$?
  if [ "$status" -ne 0 ]; then
    printf '== %s failed with exit code %d; the end of %s:\n' "$label" "$status" "$log"
    tail -n 60 "$log"
    return "$status"
  fi
  printf '   done in %d s\n' $((SECONDS - start))
}
