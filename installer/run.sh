#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds Portolan and opens it: on the sample estate, or on the files and folders that are given.
# Without a display it writes the sample estate's views as pictures instead.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_packages build
build release

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "opening Portolan"
    exec build/release/app/portolan "${@:-resources/estates/insurer/insurer.portolan.json}"
fi

pictures=build/pictures
mkdir -p "$pictures"
say "there is no display here, so the sample estate's views are written as pictures:"
for form in svg png; do
    QT_QPA_PLATFORM=offscreen build/release/app/portolan export context-map \
        --map resources/estates/insurer/insurer.portolan.json --out "$pictures/context-map.$form"
    say "$PWD/$pictures/context-map.$form"
done
