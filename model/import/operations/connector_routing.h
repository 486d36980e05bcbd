// SPDX-License-Identifier: Apache-2.0
// Where a connector's transforms send a record: the topic's name after all that rename it, when it can be told without the record.
#pragma once

#include "model/import/operations/connector_settings.h"

#include <optional>
#include <string>
#include <vector>

namespace portolan {

// The whole name matches the pattern: its first match replaced, in Java's spelling ($1, ${name}). None: it does not match.
// `gaveUp`: nobody can tell, because the pattern is broken or too hard.
std::optional<std::string> replacedName(const std::string& name, const std::string& pattern,
                                        const std::string& replacement, bool& gaveUp);

class TopicRouting {
public:
    explicit TopicRouting(ConnectorSettings& settings);

    // None: it depends on the record or cannot be computed; said as unresolved then.
    std::optional<std::string> routed(const std::string& topic);

private:
    enum class Kind { Rename, ByRecord };
    struct Step {
        std::string name;  // of the transform
        Kind kind = Kind::Rename;
        std::string pattern;
        std::string replacement;
        std::string reason;     // ByRecord: why
        std::string predicate;  // pattern of topics that it is for; empty: all
        bool isNegated = false;
        bool isConditional = false;  // on something of the record
    };

    void addStep(const std::string& name);
    bool addPredicate(Step& step, const std::string& base);
    bool isFor(const Step& step, const std::string& topic, bool& gaveUp) const;

    ConnectorSettings& m_settings;
    std::vector<Step> m_steps;
};

}  // namespace portolan
