#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds Portolan and runs every test. Options are handed to ctest: ./installer/test.sh -L model
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_packages build test
build dev
say "running the tests"
ctest --preset dev --parallel "$(nproc)" "$@"
