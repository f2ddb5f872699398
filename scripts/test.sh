#!/usr/bin/env bash
# From nothing to tested: installs packages, builds, and runs every test.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$project_dir"

scripts/setup.sh build test
step "configure dev" cmake --preset dev
step "build dev" cmake --build build/dev --parallel "$(nproc)"
step "test dev" ctest --test-dir build/dev --no-tests=error --output-on-failure --parallel "$(nproc)" --timeout 300
grep -E 'tests passed|Not Run|Skipped' "$log_dir/test-dev.log" || true
say "all tests passed in $SECONDS s"
