// SPDX-License-Identifier: Apache-2.0
#include "model/import/operations/connector_settings.h"

#include "model/import/dataset_name.h"
#include "model/import/operations/operation_values.h"

namespace portolan {

bool isSecret(std::string_view key)
{
    const std::string lower = lowerCase(key);
    for (const std::string_view word :
         {"password", "passwd", "passphrase", "secret", "token", "credential", "jaas",
          "private.key", "api.key", "access.key", "account.key", "keyfile", "auth.info",
          "user.info", "sasl."}) {
        if (lower.find(word) != std::string::npos)
            return true;
    }
    return false;
}

void ConnectorSettings::keep(std::string_view key, Setting setting)
{
    if (isSecret(key))
        setting.value.clear();
    m_all.insert_or_assign(std::string(key), std::move(setting));
}

void ConnectorSettings::add(std::string_view key, std::string_view value, const DataNode& node)
{
    keep(key, {std::string(isSecret(key) ? "" : value), node, 0, false});
}

void ConnectorSettings::add(std::string_view key, std::string_view value, int line)
{
    keep(key, {std::string(isSecret(key) ? "" : value), {}, line, false});
}

void ConnectorSettings::addAll(const DataNode& config)
{
    if (!config.isObject())
        return;
    for (const DataNode member : config) {
        if (member.isObject() || member.isArray())
            m_context.problem(Severity::Warning, "kafka-connect.wrong-type",
                              "\"" + std::string(member.key()) + "\" is an " +
                                  std::string(toString(member.kind())) +
                                  " (expected text). Setting skipped.",
                              member);
        else
            add(member.key(), member.text(), member);
    }
}

const std::string& ConnectorSettings::value(std::string_view key)
{
    static const std::string none;
    const auto place = m_all.find(key);
    if (place == m_all.end())
        return none;
    place->second.isRead = true;
    return place->second.value;
}

std::vector<std::string> ConnectorSettings::list(std::string_view key)
{
    return listFrom(value(key));
}

const std::string& ConnectorSettings::first(std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys) {
        if (const std::string& found = value(key); !found.empty())
            return found;
    }
    return value({});
}

Evidence ConnectorSettings::evidence(std::string_view key)
{
    const auto place = m_all.find(key);
    if (place == m_all.end())
        return m_context.evidenceAt(0);
    const Setting& setting = place->second;
    return setting.node ? m_context.evidence(setting.node)
                        : m_context.evidenceAt(setting.line, 0, key);
}

void ConnectorSettings::unresolved(std::string_view reference, std::string_view reason,
                                   std::string_view key)
{
    const auto place = m_all.find(key);
    if (place != m_all.end() && place->second.node)
        m_context.unresolved(reference, reason, place->second.node);
    else
        m_context.unresolvedAt(reference, reason, place == m_all.end() ? 0 : place->second.line);
}

void ConnectorSettings::problem(Severity severity, std::string code, std::string message,
                                std::string_view key)
{
    const auto place = m_all.find(key);
    if (place != m_all.end() && place->second.node)
        m_context.problem(severity, std::move(code), std::move(message), place->second.node);
    else
        m_context.problemAt(severity, std::move(code), std::move(message),
                            place == m_all.end() ? 0 : place->second.line);
}

void ConnectorSettings::reportUnread()
{
    for (const auto& [key, setting] : m_all) {
        if (setting.isRead)
            continue;
        const bool isHidden = isSecret(key);
        const std::string_view name = isHidden ? std::string_view("secrets") : key;
        const std::string_view reason = isHidden ? "never kept" : "how the connector runs";
        if (setting.node)
            m_context.ignored(name, reason, setting.node);
        else
            m_context.ignoredAt(name, reason, setting.line);
    }
}

}  // namespace portolan
