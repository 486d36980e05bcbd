// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/palette_rows.h"

#include "ui/base/text.h"
#include "ui/base/words.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeySequence>
#include <QVariant>

#include <algorithm>

namespace portolan::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("portolan::ui::CommandPalette", text);
}

// Whether an entity is listed in a scope; the group it stands in.
struct Place {
    PaletteScope scope;
    QString group;
};

Place placeOf(EntityKind kind)
{
    switch (kind) {
    case EntityKind::Domain:
    case EntityKind::BoundedContext:
    case EntityKind::Team:
    case EntityKind::Relationship:
    case EntityKind::DataProduct:
    case EntityKind::Route:
    case EntityKind::Contract:
        return {PaletteScope::Contexts, tr("Contexts, products and contracts")};
    case EntityKind::Term:
    case EntityKind::Identifier:
    case EntityKind::Crosswalk:
        return {PaletteScope::Terms, tr("Terms and identifiers")};
    default:
        return {PaletteScope::Datasets, tr("Datasets, columns and jobs")};
    }
}

}  // namespace

PaletteScope scopeOf(const QString& typed, PaletteScope chosen)
{
    if (typed.startsWith(u'>'))
        return PaletteScope::Commands;
    if (typed.startsWith(u'!'))
        return PaletteScope::Findings;
    return chosen;
}

QString wordsOf(const QString& typed)
{
    const bool isMarked = typed.startsWith(u'>') || typed.startsWith(u'!');
    return (isMarked ? typed.mid(1) : typed).trimmed();
}

bool matches(const QString& text, const QString& words)
{
    const QStringList parts = words.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(parts.begin(), parts.end(), [&](const QString& part) {
        return text.contains(part, Qt::CaseInsensitive);
    });
}

std::vector<PaletteRow> hitRows(const std::vector<SearchHit>& hits, PaletteScope scope, int most)
{
    std::vector<PaletteRow> rows;
    std::vector<QString> groups;
    for (const SearchHit& hit : hits) {
        const Place place = placeOf(hit.entity.kind);
        if ((scope == PaletteScope::All || scope == place.scope) &&
            std::find(groups.begin(), groups.end(), place.group) == groups.end())
            groups.push_back(place.group);
    }
    for (const QString& group : groups) {
        rows.push_back({group, {}, {}, {}, {}, {}, nullptr});
        int left = most;
        for (const SearchHit& hit : hits)
            if (placeOf(hit.entity.kind).group == group && left-- > 0)
                rows.push_back({{},
                                shown(hit.name, 200),
                                shown(hit.path, 200),
                                wordOf(hit.entity.kind).toLower(),
                                hit.entity,
                                {},
                                nullptr});
    }
    return rows;
}

std::vector<PaletteRow> findingPaletteRows(const std::vector<Finding>& findings,
                                           const QString& words, int most)
{
    std::vector<PaletteRow> rows;
    for (const Finding& finding : findings) {
        const QString message = shown(finding.message, 200);
        const QString subject = shown(finding.subjectName, 100);
        if (int(rows.size()) >= most)
            break;
        if (matches(subject + u' ' + message, words))
            rows.push_back({{},
                            message,
                            subject,
                            wordOf(finding.severity).toLower(),
                            finding.subject,
                            finding.severity,
                            nullptr});
    }
    if (!rows.empty())
        rows.insert(rows.begin(), {tr("Findings"), {}, {}, {}, {}, {}, nullptr});
    return rows;
}

std::vector<PaletteRow> commandRows(const std::vector<QAction*>& commands, const QString& words,
                                    int most)
{
    std::vector<PaletteRow> rows;
    for (QAction* command : commands) {
        // One of a menu's choices may need the menu's name, where that is not seen.
        const QVariant alone = command->property("nameAlone");
        const QString name = alone.isValid() ? alone.toString() : command->text().remove(u'&');
        if (int(rows.size()) >= most)
            break;
        if (command->isEnabled() && matches(name, words))
            rows.push_back({{},
                            name,
                            {},
                            command->shortcut().toString(QKeySequence::NativeText),
                            {},
                            {},
                            command});
    }
    if (!rows.empty())
        rows.insert(rows.begin(), {tr("Commands"), {}, {}, {}, {}, {}, nullptr});
    return rows;
}

}  // namespace portolan::ui
