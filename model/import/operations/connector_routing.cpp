// SPDX-License-Identifier: Apache-2.0
#include "model/import/operations/connector_routing.h"

#include "model/import/operations/operation_values.h"

#include <QRegularExpression>

namespace portolan {

namespace {

constexpr std::size_t longestPattern = 2000;
constexpr int mostSteps = 50;

// $1, $12 (as many digits as there are groups), ${name}, and \x for x itself.
std::optional<QString> expanded(const QString& replacement, const QRegularExpressionMatch& match)
{
    QString text;
    const int groups = match.regularExpression().captureCount();
    for (qsizetype i = 0; i < replacement.size(); ++i) {
        const QChar c = replacement[i];
        if (c == u'\\' && i + 1 < replacement.size()) {
            text += replacement[++i];
        } else if (c != u'$') {
            text += c;
        } else if (i + 1 < replacement.size() && replacement[i + 1] == u'{') {
            const qsizetype end = replacement.indexOf(u'}', i);
            if (end < 0)
                return std::nullopt;
            text += match.captured(replacement.mid(i + 2, end - i - 2));
            i = end;
        } else {
            int group = -1;
            while (i + 1 < replacement.size() && replacement[i + 1].isDigit()) {
                const int next = std::max(group, 0) * 10 + replacement[i + 1].digitValue();
                if (next > groups)
                    break;
                group = next;
                ++i;
            }
            if (group < 0)
                return std::nullopt;
            text += match.captured(group);
        }
    }
    return text;
}

}  // namespace

std::optional<std::string> replacedName(const std::string& name, const std::string& pattern,
                                        const std::string& replacement, bool& gaveUp)
{
    if (pattern.size() > longestPattern || name.size() > longestPattern ||
        replacement.size() > longestPattern) {
        gaveUp = true;
        return std::nullopt;
    }
    const QString text = QString::fromStdString(name);
    const QString java = QString::fromStdString(pattern);
    const QRegularExpression whole(QRegularExpression::anchoredPattern(java));
    const QRegularExpression part(java);
    if (!whole.isValid() || !part.isValid()) {
        gaveUp = true;
        return std::nullopt;
    }
    const QRegularExpressionMatch isWhole = whole.match(text);
    if (!isWhole.isValid()) {
        gaveUp = true;
        return std::nullopt;
    }
    if (!isWhole.hasMatch())
        return std::nullopt;
    const QRegularExpressionMatch match = part.match(text);
    const std::optional<QString> instead =
        match.hasMatch() ? expanded(QString::fromStdString(replacement), match) : std::nullopt;
    if (!instead) {
        gaveUp = true;
        return std::nullopt;
    }
    return (text.left(match.capturedStart()) + *instead + text.mid(match.capturedEnd()))
        .toStdString();
}

TopicRouting::TopicRouting(ConnectorSettings& settings) : m_settings(settings)
{
    const std::vector<std::string> names = settings.list("transforms");
    for (std::size_t i = 0; i < names.size() && i < mostSteps; ++i)
        addStep(names[i]);
}

void TopicRouting::addStep(const std::string& name)
{
    const std::string base = "transforms." + name + ".";
    const std::string type = m_settings.value(base + "type");
    Step step;
    step.name = name;
    if (type.ends_with(".RegexRouter")) {
        step.pattern = m_settings.value(base + "regex");
        step.replacement = m_settings.value(base + "replacement");
    } else if (type.ends_with(".ByLogicalTableRouter")) {
        step.pattern = m_settings.value(base + "topic.regex");
        step.replacement = m_settings.value(base + "topic.replacement");
    } else if (type.ends_with(".TimestampRouter")) {
        step.kind = Kind::ByRecord;
        step.reason = "the topic has the record's time in its name";
    } else if (type.find(".outbox.") != std::string::npos && type.ends_with("EventRouter")) {
        std::string field = m_settings.value(base + "route.by.field");
        if (field.empty())
            field = "aggregatetype";
        const std::string& said = m_settings.value(base + "route.topic.replacement");
        step.replacement = said.empty() ? "outbox.event.${routedByValue}" : said;
        const bool isFixed = step.replacement.find("${routedByValue}") == std::string::npos &&
                             step.replacement.find('$') == std::string::npos;
        step.pattern = ".*";
        step.kind = isFixed ? Kind::Rename : Kind::ByRecord;
        step.reason = "the outbox event router sends each record to \"" +
                      shortText(step.replacement) + "\", by its column \"" + shortText(field) +
                      "\"";
    } else if (type.ends_with("ContentBasedRouter") || type.ends_with("PartitionRouting") ||
               type.find("ExtractTopic") != std::string::npos ||
               type.find("TopicRouter") != std::string::npos) {
        if (type.ends_with("PartitionRouting"))
            return;
        step.kind = Kind::ByRecord;
        step.reason = "the topic is taken from the record's content";
    } else if (m_settings.has(base + "route.by.field")) {
        step.kind = Kind::ByRecord;
        step.reason = "the topic is taken from the record's field \"" +
                      shortText(m_settings.value(base + "route.by.field")) + "\"";
    } else {
        return;  // it changes the record, not its topic
    }
    addPredicate(step, base);
    m_steps.push_back(std::move(step));
}

bool TopicRouting::addPredicate(Step& step, const std::string& base)
{
    const std::string name = m_settings.value(base + "predicate");
    if (name.empty())
        return false;
    step.isNegated = m_settings.value(base + "negate") == "true";
    const std::string type = m_settings.value("predicates." + name + ".type");
    if (type.ends_with(".TopicNameMatches"))
        step.predicate = m_settings.value("predicates." + name + ".pattern");
    else
        step.isConditional = true;
    return true;
}

bool TopicRouting::isFor(const Step& step, const std::string& topic, bool& gaveUp) const
{
    if (step.predicate.empty())
        return true;
    const bool isMatch = replacedName(topic, step.predicate, "", gaveUp).has_value();
    return isMatch != step.isNegated;
}

std::optional<std::string> TopicRouting::routed(const std::string& topic)
{
    std::string name = topic;
    for (const Step& step : m_steps) {
        const std::string key = "transforms." + step.name + ".type";
        bool gaveUp = false;
        const bool isFor = this->isFor(step, name, gaveUp);
        if (!gaveUp && !isFor)
            continue;
        if (step.kind == Kind::ByRecord || step.isConditional) {
            m_settings.unresolved(name,
                                  "transform \"" + step.name + "\": " +
                                      (step.isConditional
                                           ? "it is for some records only, by a predicate"
                                           : step.reason),
                                  key);
            return std::nullopt;
        }
        const std::optional<std::string> next =
            gaveUp ? std::nullopt : replacedName(name, step.pattern, step.replacement, gaveUp);
        if (gaveUp) {
            m_settings.unresolved(
                name, "transform \"" + step.name + "\": its pattern cannot be evaluated", key);
            return std::nullopt;
        }
        if (next && next->empty()) {
            m_settings.unresolved(
                name, "transform \"" + step.name + "\": it leaves no name of a topic", key);
            return std::nullopt;
        }
        if (next)
            name = *next;
    }
    return name;
}

}  // namespace portolan
