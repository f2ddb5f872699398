#!/usr/bin/env bash
# Installs what training needs into build/train: a Python environment with PyTorch and the pretrained encoder.
# usage: ingest/train/setup.sh      prints the folder of the environment; again, it installs only what is missing
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
environment=$(cd "$here/../.." && pwd)/build/train/python
if [ ! -e "$environment/bin/python" ]; then
  python3 -m venv "$environment" || {
    echo "python3 cannot make an environment; install it with: apt-get install python3-venv" >&2
    exit 1
  }
fi
if ! cmp -s "$here/requirements.txt" "$environment/installed.txt"; then
  echo "installing PyTorch and the encoder into $environment (about 5 GB) ..." >&2
  "$environment/bin/pip" install --quiet --requirement "$here/requirements.txt" >&2
  cp "$here/requirements.txt" "$environment/installed.txt"
fi
echo "$environment"
