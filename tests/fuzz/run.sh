#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs fuzz targets one after another, each for so many seconds, with 512 MB and 1 s for an input at most, and prints a line for each.
#   tests/fuzz/run.sh BUILD SECONDS [TARGET...]     tests/fuzz/run.sh build/fuzz 3600        an hour for each target
set -u
here=$(dirname "$(readlink -f "$0")")
build=$(readlink -f "${1:?the build folder}")
seconds=${2:?how many seconds for each target}
shift 2
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for file in "$build"/tests/fuzz/fuzz_*; do
        [ -f "$file" ] && [ -x "$file" ] && targets+=("$(basename "$file")")
    done
fi
failed=0
for target in "${targets[@]}"; do
    name=${target#fuzz_}
    found=$build/found/$name
    mkdir -p "$found"
    seeds=()
    for folder in "$here/corpus/$name" "$here/corpus/${name//_/-}"; do
        [ -d "$folder" ] && seeds+=("$folder") && break
    done
    log=$build/found/$name.log
    if "$build/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -rss_limit_mb=512 -timeout=1 -max_len=65536 \
        -artifact_prefix="$found.crash-" "$found" "${seeds[@]}" > "$log" 2>&1; then
        word=ok
    else
        word=FAILED
        failed=1
    fi
    runs=$(grep -o 'Done [0-9]* runs' "$log" | grep -o '[0-9]*')
    coverage=$(grep -o 'cov: [0-9]*' "$log" | tail -1)
    printf '%-28s %-7s %9s runs  %s\n' "$name" "$word" "${runs:-?}" "$coverage"
done
exit $failed
