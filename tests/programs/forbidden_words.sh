#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: forbidden_words.sh SOURCE_FOLDER
# Names that must not occur in the product, each because of something that was measured once: a rule, where it is allowed, and why.
set -euo pipefail
cd "$1"
broken=0

# rule PATTERN ALLOWED-FILES REASON: comment lines do not count.
rule() {
    local found
    found=$(grep -rnE --include='*.cpp' --include='*.h' -e "$1" model ui app | grep -vE "^(${2:-nothing at all}):" |
        grep -vE '^[^:]+:[0-9]+: *//' || true)
    [ -z "$found" ] && return
    printf '%s\n  -> %s\n' "$found" "$3"
    broken=1
}

rule 'QSaveFile' '' 'says "saved" on a full disk: use saveAtomically'
rule 'std::ofstream|QIODevice::WriteOnly|QFile::WriteOnly|\bfopen\(' 'app/layout_helper/.*|ui/views/.*export.*' \
    'may leave half a file: use saveAtomically'
rule '(^|[^A-Za-z])::rename\(' 'model/base/file_store\.cpp' 'use saveAtomically or putInPlace'
rule 'std::regex|<regex>' '' 'overflows the stack on long text: use QRegularExpression'
rule 'libfyaml|yaml-cpp' '' 'hangs or takes 55 times the size of a file: use the YAML reader of model/import'
rule 'QSvgGenerator' '' 'writes title and description unescaped'
rule 'QMessageBox::(information|warning|critical|question|about)\(|QErrorMessage' '' 'takes text for markup'
rule 'setToolTip\(' 'ui/base/.*' 'takes text for markup: use the function of ui/base'
rule 'QToolTip::showText\(([^p]|p[^l])*$' 'ui/base/.*' 'takes text for markup: use plainToolTip'
rule 'setOpenExternalLinks\(true' '' 'opens whatever a file names'
rule 'load_extension\(|enableLoadExtension|\bdlopen\(|QLibrary\b|QPluginLoader' '' 'no file may load code'
rule '\bsystem\(|\bpopen\(|/bin/sh' '' 'no text may become a command'
rule 'QNetwork|QTcpSocket|QWebEngine' '' 'the product connects to nothing unasked'
rule 'QSql(Database|Query|Driver)' '' 'its quoting lets names through: use model/workspace'
rule '#include [<"]sqlite3\.h' 'model/workspace/.*\.cpp' 'only the workspace knows the library'
rule 'sqlite3_exec\(|execute\("[^"]*" *\+' 'model/workspace/(database|schema)\.cpp' 'values are bound, names are quoted'
exit "$broken"
