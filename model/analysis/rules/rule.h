// SPDX-License-Identifier: Apache-2.0
// Rules and what they find. A rule is a row and a function; it marks and explains, and never blocks an edit.
#pragma once

#include "model/base/entity_ref.h"
#include "model/base/problem.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

struct Finding {
    std::string rule;  // "acl-xor-conformist"
    Severity severity = Severity::Warning;
    EntityRef subject;
    std::string subjectName;         // for people
    std::string message;             // what was found and why it matters
    std::string mend;                // how to mend it
    std::vector<EntityRef> related;  // others that take part
    SourceSpan where;                // in the map's file
    // Which of the subject's parts is meant, where it has several: a contract's id, a dataset's key.
    std::string about = {};
};

struct RuleDescription {
    std::string_view id;
    Severity severity = Severity::Warning;
    std::string_view title;  // "ACL and CF exclude each other"
    std::string_view why;
    std::string_view mend;
};

}  // namespace portolan
