// SPDX-License-Identifier: Apache-2.0
// Reads YAML into DataTrees, one document after the other, under a Budget. Plain scalars are typed by the core schema of YAML 1.2
// (so NO, on, 12:30 and dates are text), numbers keep their spelling, merge keys are applied, aliases are copied and counted.
#pragma once

#include "model/base/budget.h"
#include "model/base/result.h"
#include "model/json/data_tree.h"

#include <memory>
#include <string>

namespace portolan {

class YamlDocuments {
public:
    // `text` is valid UTF-8 (see decodeText). Warnings, such as keys that occur twice, go to `problems`, which outlives this.
    YamlDocuments(std::string text, std::string file, const Budget& budget, Problems& problems);
    ~YamlDocuments();

    // Reads the next document into `tree`; false when there is none. After an error there is nothing more to read.
    Result<bool> next(DataTree& tree);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace portolan
