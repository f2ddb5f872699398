#!/usr/bin/env bash
# Ingest and query times: builds the release and runs hearsay_bench, whose options it takes.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$project_dir"

scripts/setup.sh build
step "configure release" cmake --preset release -DHEARSAY_TESTS=OFF
step "build release" cmake --build build/release --parallel "$(nproc)" --target hearsay hearsay_bench
build/release/bench/hearsay_bench build/release/hearsay samples "$@"
