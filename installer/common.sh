# SPDX-License-Identifier: Apache-2.0
# What run.sh and test.sh share. Source it; it changes to the top of the project.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "portolan: $*"; }
fail() { printf '%s\n' "portolan: $*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "installing packages needs root, and there is no sudo here. Missing: ${missing[*]}"
    fi
}

# install_packages GROUP...: installs what is missing of the groups in packages.txt; silent and quick when nothing is.
install_packages() {
    local wanted=() group
    for group in "$@"; do
        mapfile -t -O "${#wanted[@]}" wanted < <(sed -n "s/^$group //p" installer/packages.txt)
    done
    mapfile -t missing < <(comm -23 <(printf '%s\n' "${wanted[@]}" | sort -u) \
        <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 2>/dev/null | sed -n 's/^ii  *//p' | sort -u))
    [ "${#missing[@]}" -gt 0 ] || return 0
    command -v apt-get >/dev/null || fail "this is no Debian system; please install: ${missing[*]}"
    say "installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# build PRESET: configures when needed and builds what has changed.
build() {
    local preset=$1
    if [ ! -f "build/$preset/build.ninja" ]; then
        say "configuring build/$preset"
        cmake --preset "$preset" >/dev/null
    fi
    say "building build/$preset"
    cmake --build --preset "$preset"
}
