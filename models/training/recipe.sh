#!/bin/sh
# The whole recipe: sh models/training/recipe.sh CORPORA JUDGED WORK OUT
#
# From the corpora to both model folders, in OUT. Steps whose result lies in WORK are passed over and training goes on
# from its last checkpoint, so that it can be killed and started again. With a GPU nothing changes but the time: see
# README.md.
set -eu
corpora=$1 judged=$2 work=$3 out=$4
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}
date=$(date +%F)

# PyTorch asks the system for each large array anew, and most of a step is then spent on empty pages: an allocator
# that keeps them makes additions and the like four times as fast.
jemalloc=$(ls /usr/lib/*/libjemalloc.so.2 2>/dev/null | head -n 1 || true)
if [ -n "$jemalloc" ]; then
  export LD_PRELOAD="$jemalloc"
  export MALLOC_CONF=dirty_decay_ms:-1,muzzy_decay_ms:-1,thp:always,oversize_threshold:0
else
  echo "Without libjemalloc2 the contextual model takes far longer." >&2
fi

step() {
  script=$1
  shift
  "$python" "$here/$script.py" --work "$work" "$@"
}

[ -f "$work/papers.npz" ] || "$python" "$here/prepare.py" --corpora "$corpora" --judged "$judged" \
  --seed "$here/../../tests/fixtures/daily-papers.txt" --out "$work"
[ -f "$work/phrases.npz" ] || step phrases
step train
step context
step context --base context --name window --window 128 --steps 1000 --rate 1e-3
step evaluate --name window --judged "$judged" --part all
step export --name encoder --id sheaf-tokens-2 --date "$date" --out "$out"
step export --name window --id sheaf-context-1 --date "$date" --out "$out"
