// SPDX-License-Identifier: Apache-2.0
// Edits that add things, and the ids they get.
#include "model/map/edit_parts.h"

#include <QString>

#include <algorithm>
#include <set>

namespace portolan {

using namespace edits;

namespace {

constexpr std::size_t longestId = 64;

// Latin letters that are no base letter with a mark.
std::string_view latin(char16_t letter)
{
    struct Row {
        char16_t letter;
        std::string_view ascii;
    };
    static constexpr Row rows[] = {{u'ß', "ss"}, {u'æ', "ae"}, {u'Æ', "ae"}, {u'ø', "o"},
                                   {u'Ø', "o"},  {u'œ', "oe"}, {u'Œ', "oe"}, {u'đ', "d"},
                                   {u'Đ', "d"},  {u'ð', "d"},  {u'Ð', "d"},  {u'ł', "l"},
                                   {u'Ł', "l"},  {u'þ', "th"}, {u'Þ', "th"}, {u'ı', "i"}};
    for (const Row& row : rows) {
        if (row.letter == letter)
            return row.ascii;
    }
    return {};
}

// "Party Management" -> "party-management"; empty when nothing of it can be written in ASCII.
std::string slug(std::string_view name)
{
    const QString plain =
        QString::fromUtf8(name.data(),
                          static_cast<qsizetype>(std::min<std::size_t>(name.size(), 1000)))
            .normalized(QString::NormalizationForm_KD);
    std::string id;
    bool isBreak = false;
    const auto put = [&](std::string_view letters) {
        if (isBreak && !id.empty())
            id += '-';
        isBreak = false;
        id += letters;
    };
    for (const QChar c : plain) {
        const char16_t code = c.unicode();
        if (code < 0x80 && c.isLetterOrNumber())
            put(std::string(1, c.toLower().toLatin1()));
        else if (const std::string_view letters = latin(code); !letters.empty())
            put(letters);
        else if (!c.isMark() && code != u'\'' && code != u'’')
            isBreak = true;
    }
    if (id.size() > longestId) {
        id.resize(longestId);
        if (const std::size_t lastBreak = id.rfind('-'); lastBreak != std::string::npos)
            id.resize(lastBreak);
    }
    return id;
}

std::string singular(std::string_view collection)
{
    std::string one(collection);
    if (one.size() > 1 && one.back() == 's')
        one.pop_back();
    return one;
}

// A new thing with an id and a name in one of the map's lists.
Result<Creation> addNamed(const MapDocument& document, std::string_view list, MapObject kind,
                          std::string_view name)
{
    const Result<std::string> checked = checkedName(name);
    if (!checked)
        return tl::unexpected(checked.error());
    const std::string id = freeId(document, list, *checked);
    JsonEdit edit(document.tree());
    const Result<> done = appendTo(
        edit, document.tree().root(), MapObject::Map, list,
        JsonValue::object().add("id", JsonValue::text(id)).add("name", JsonValue::text(*checked)));
    if (!done)
        return tl::unexpected(done.error());
    return Creation{finish("Add " + std::string(toString(kind)) + " " + *checked, edit), id};
}

}  // namespace

std::string freeId(const MapDocument& document, std::string_view collection, std::string_view name)
{
    std::set<std::string_view> taken;
    for (const DataNode thing : document.tree().root()[collection])
        taken.insert(thing["id"].text());
    std::string base = slug(name);
    if (base.empty())
        base = singular(collection);
    std::string id = base;
    for (int number = 2; taken.count(id) > 0; ++number)
        id = base + "-" + std::to_string(number);
    return id;
}

Result<Creation> addDomain(const MapDocument& document, std::string_view name)
{
    return addNamed(document, "domains", MapObject::Domain, name);
}

Result<Creation> addTeam(const MapDocument& document, std::string_view name)
{
    return addNamed(document, "teams", MapObject::Team, name);
}

Result<Creation> addContext(const MapDocument& document, std::string_view name,
                            const DomainId& domain, std::optional<Position> position)
{
    const Result<std::string> checked = checkedName(name);
    if (!checked)
        return tl::unexpected(checked.error());
    if (!domain.isEmpty() && !document.map().domain(domain))
        return tl::unexpected(noSuch(MapObject::Domain, domain.text));
    const std::string id = freeId(document, "contexts", *checked);
    JsonValue context =
        JsonValue::object().add("id", JsonValue::text(id)).add("name", JsonValue::text(*checked));
    if (!domain.isEmpty())
        context.add("domain", JsonValue::text(domain.text));
    JsonEdit edit(document.tree());
    Result<> done =
        appendTo(edit, document.tree().root(), MapObject::Map, "contexts", std::move(context));
    if (done && position)
        done = setPlacement(edit, document, {{ContextId(id), *position}});
    if (!done)
        return tl::unexpected(done.error());
    return Creation{finish("Add context " + *checked, edit), id};
}

Result<Edit> addTerm(const MapDocument& document, const ContextId& context, std::string_view name,
                     std::string_view definition)
{
    const Result<std::string> checked = checkedName(name);
    if (!checked)
        return tl::unexpected(checked.error());
    if (const Result<> done = checkText(definition); !done)
        return tl::unexpected(done.error());
    const Result<DataNode> node = contextNode(document, context);
    if (!node)
        return tl::unexpected(node.error());
    if (termNode(document, context, *checked))
        return tl::unexpected(
            refused("edit.name-taken",
                    nameOf(document, context) + " has a term \"" + *checked + "\" already."));
    JsonValue term = JsonValue::object().add("name", JsonValue::text(*checked));
    if (!definition.empty())
        term.add("definition", JsonValue::text(definition));
    JsonEdit edit(document.tree());
    if (const Result<> done = appendTo(edit, *node, MapObject::Context, "terms", std::move(term));
        !done)
        return tl::unexpected(done.error());
    return finish("Add term " + *checked + " to " + nameOf(document, context), edit);
}

Result<Creation> addProduct(const MapDocument& document, const ContextId& owner,
                            std::string_view name, MapProductKind kind)
{
    const Result<std::string> checked = checkedName(name);
    if (!checked)
        return tl::unexpected(checked.error());
    if (!document.map().context(owner))
        return tl::unexpected(noSuch(MapObject::Context, owner.text));
    const std::string id = freeId(document, "products", *checked);
    JsonEdit edit(document.tree());
    const Result<> done = appendTo(edit, document.tree().root(), MapObject::Map, "products",
                                   JsonValue::object()
                                       .add("id", JsonValue::text(id))
                                       .add("name", JsonValue::text(*checked))
                                       .add("context", JsonValue::text(owner.text))
                                       .add("kind", JsonValue::text(toString(kind))));
    if (!done)
        return tl::unexpected(done.error());
    return Creation{finish("Add product " + *checked + " to " + nameOf(document, owner), edit), id};
}

}  // namespace portolan
