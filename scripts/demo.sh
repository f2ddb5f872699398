#!/usr/bin/env bash
# From nothing to a chain: installs packages, builds, ingests the samples and shows what is in them.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$project_dir"

scripts/setup.sh build
step "configure release" cmake --preset release -DHEARSAY_TESTS=OFF
step "build release" cmake --build build/release --parallel "$(nproc)" --target hearsay

demo=build/demo
rm -rf "$demo"
mkdir -p "$demo"
export HEARSAY_STORE=$demo/hearsay.db
export PATH=$project_dir/build/release:$PATH

# show COMMAND...: prints the command as one would type it, then runs it.
show() {
  printf '\n$ '
  printf '%s ' "$1"
  shift_quoted "${@:2}"
  "$@"
}
shift_quoted() {
  local word
  for word in "$@"; do
    case $word in
      *[\ \"]*) printf "'%s' " "$word" ;;
      *) printf '%s ' "$word" ;;
    esac
  done
  printf '\n'
}

say "nineteen articles of samples/ go into $HEARSAY_STORE"
show hearsay ingest samples/articles --meta samples/meta.csv
say "who said it, through whom, at which bytes"
show hearsay query 'TRACE "shut the doors of Shed 9"'
show hearsay query 'PATHS FROM "a crane operator" TO "KTV World"'
say "every number of dead, with its source"
show hearsay query 'FIGURES killed'
say "the graph as files"
show hearsay export --format graphml -o "$demo/hearsay.graphml"
show hearsay export --format graphml --view network -o "$demo/network.graphml"

cat <<END

== Done.
   GraphML:  $project_dir/$demo/hearsay.graphml   (every statement and its evidence)
             $project_dir/$demo/network.graphml   (who quotes whom; open it in Gephi, press T for labels)
   Ask on:   build/release/hearsay --store $HEARSAY_STORE shell
END
