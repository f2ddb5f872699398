#!/usr/bin/env bash
# Format check and clang-tidy over every source file; what the lint target runs.
# usage: scripts/lint.sh BUILD_DIR [FILE...]     all files of the project if none is named
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build_dir=$1
shift
for tool in clang-format-14 clang-tidy-14 run-clang-tidy-14; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool is missing; install it with: scripts/setup.sh lint" >&2
    exit 1
  fi
done
if [ ! -e "$build_dir/compile_commands.json" ]; then
  echo "$build_dir/compile_commands.json is missing; configure first: cmake --preset dev" >&2
  exit 1
fi

if [ $# -eq 0 ]; then
  mapfile -t files < <(find graph ingest query cli bench tests \( -name '*.h' -o -name '*.cc' \) | sort)
else
  files=("$@")
fi
clang-format-14 --dry-run -Werror "${files[@]}"

# Headers are checked through the files that include them.
sources=()
for file in "${files[@]}"; do
  [[ $file == *.cc ]] && sources+=("^$PWD/${file//./\\.}\$")
done
[ ${#sources[@]} -eq 0 ] && exit 0
# GCC's flags are in the compile commands; those Clang does not know are none of its business.
report=$(mktemp)
trap 'rm -f "$report"' EXIT
if ! run-clang-tidy-14 -quiet -j "$(nproc)" -p "$build_dir" \
    -extra-arg=-Wno-unknown-warning-option -extra-arg=-Wno-ignored-optimization-argument "${sources[@]}" >"$report" 2>&1; then
  # A finding in a header comes once for each file that includes it: each line once.
  sed 's/\x1b\[[0-9;]*m//g' "$report" | grep -E ': (error|warning): ' | sed "s|^$PWD/||" | sort -u >&2
  exit 1
fi
echo "lint: ${#files[@]} files are clean"
