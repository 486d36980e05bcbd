// SPDX-License-Identifier: Apache-2.0
// The settings of one Kafka Connect connector, from JSON, YAML or a properties file, each with its place. Secrets never come in.
#pragma once

#include "model/import/importer.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

class ConnectorSettings {
public:
    ConnectorSettings(std::string name, ImportContext& context)
        : m_name(std::move(name)), m_context(context)
    {
    }

    void add(std::string_view key, std::string_view value, const DataNode& node);
    void add(std::string_view key, std::string_view value, int line);
    // Every scalar member of an object.
    void addAll(const DataNode& config);

    const std::string& name() const { return m_name; }
    void setName(std::string name) { m_name = std::move(name); }
    ImportContext& context() { return m_context; }
    EstateBuilder& estate() { return m_context.estate(); }

    // The value; empty when there is none. Whoever asks has read it.
    const std::string& value(std::string_view key);
    std::vector<std::string> list(std::string_view key);
    // Of the first key that is set: connectors renamed many of them.
    const std::string& first(std::initializer_list<std::string_view> keys);
    bool has(std::string_view key) const { return m_all.find(key) != m_all.end(); }

    Evidence evidence(std::string_view key);
    void unresolved(std::string_view reference, std::string_view reason, std::string_view key);
    void problem(Severity severity, std::string code, std::string message, std::string_view key);

    // What nobody asked for is counted as ignored, by its key; secrets in one row.
    void reportUnread();

private:
    struct Setting {
        std::string value;
        DataNode node;
        int line = 0;
        bool isRead = false;
    };

    void keep(std::string_view key, Setting setting);

    std::string m_name;
    ImportContext& m_context;
    std::map<std::string, Setting, std::less<>> m_all;
};

// Passwords, tokens, keys: recognised by the setting's name.
bool isSecret(std::string_view key);

}  // namespace portolan
