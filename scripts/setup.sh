#!/usr/bin/env bash
# Installs the packages of scripts/packages.txt that are not there yet.  Needs root or sudo only then.
# usage: scripts/setup.sh [SECTION...]     build test lint; without any: build and test
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[ $# -gt 0 ] || set -- build test
mapfile -t packages < <(
  awk -v wanted=" $* " '{ sub(/#.*/, "") } /^\[/ { on = index(wanted, " " substr($1, 2, length($1) - 2) " "); next }
    on && NF { print $1 }' "$project_dir/scripts/packages.txt")
if [ ${#packages[@]} -eq 0 ]; then
  echo "scripts/packages.txt has no section named: $*" >&2
  exit 2
fi
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  say "all ${#packages[@]} packages are installed"
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "These packages are missing and can only be installed by root: ${missing[*]}" >&2
    echo "Run this as root, or install sudo." >&2
    exit 1
  fi
  as_root=(sudo)
fi

apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    -o Acquire::Retries=5 -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
}
# Package lists of a fresh machine are empty or old; a mirror may be busy for a moment.
with_retries() {
  local try
  for try in 1 2 3; do
    "$@" && return 0
    echo "attempt $try failed: $*"
    sleep $((try * 5))
  done
  return 1
}
step "update package lists" with_retries apt update
step "install ${#missing[@]} packages" with_retries apt install --no-install-recommends "${missing[@]}"
