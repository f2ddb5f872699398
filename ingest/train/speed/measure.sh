#!/usr/bin/env bash
# Pieces and words a second of an int8 encoder on one core: builds encoder_speed.cc and runs it.
# usage: ingest/train/speed/measure.sh [CORE]     default: core 0.  Root only to install oneDNN.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
core=${1:-0}

if ! dpkg-query -W -f '${Status}' libdnnl-dev 2>/dev/null | grep -q 'ok installed'; then
  apt-get -q -y update
  apt-get -q -y install --no-install-recommends libdnnl-dev
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# -ffast-math lets g++ add up a row in vector lanes; without the width it would use half registers.
g++ -std=c++20 -O3 -march=native -mprefer-vector-width=512 -ffast-math -Wall -Wextra \
  -I "$here/../../.." "$here/encoder_speed.cc" -o "$work/encoder_speed" -ldnnl

model=$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)
version=$(dpkg-query -W -f '${Version}' libdnnl-dev)
printf '%s, core %s, oneDNN %s, load %s, %s\n' \
  "$model" "$core" "$version" "$(cut -d ' ' -f 1-2 /proc/loadavg)" "$(date -u +%H:%M)"
echo "token: 1.05 pieces (PolNeAR, with punctuation); word: 1.25 pieces (news, between white space)"
echo "bar: 5400 words/s, twice spaCy's small pipeline (about 2700 on a quiet core)"
echo
OMP_NUM_THREADS=1 taskset -c "$core" "$work/encoder_speed"
