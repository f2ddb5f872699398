#!/usr/bin/env bash
# Installs the packages of scripts/packages.txt that are not there yet.  Needs root or sudo only then.
# usage: scripts/setup.sh [FILE...]     further package lists, such as scripts/packages-lint.txt
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

mapfile -t packages < <(sed 's/#.*//' "$project_dir/scripts/packages.txt" "$@" | awk 'NF { print $1 }')
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
