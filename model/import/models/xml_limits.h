// SPDX-License-Identifier: Apache-2.0
// Whether an XML text may be given to the XML reader. What it does not stop at by itself is told beforehand, in one pass over the text.
#pragma once

#include "model/base/budget.h"

#include <optional>
#include <string>
#include <string_view>

namespace portolan {

struct XmlExcess {
    std::string code;     // behind the format's name: "doctype", "attributes", "depth"
    std::string message;  // a sentence without what was done
    int line = 0;
};

// A document type declaration (the only place where entities can be declared), an element with more than 1,000 attributes (the reader's
// time grows with their square), or elements that nest deeper than the budget. None in a text that may be read.
std::optional<XmlExcess> xmlExcess(std::string_view text, const Budget& budget);

}  // namespace portolan
