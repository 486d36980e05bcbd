// SPDX-License-Identifier: Apache-2.0
// Edits that change what a thing says of itself: its name, texts, place among domains and teams, ownership, answers.
#include "model/map/edit_parts.h"

namespace portolan {

using namespace edits;

namespace {

Result<Edit> rename(const MapDocument& document, const Result<DataNode>& node, MapObject kind,
                    std::string_view oldName, std::string_view newName)
{
    if (!node)
        return tl::unexpected(node.error());
    const Result<std::string> name = checkedName(newName);
    if (!name)
        return tl::unexpected(name.error());
    JsonEdit edit(document.tree());
    setTextMember(edit, *node, kind, "name", *name);
    return finish("Rename " + std::string(oldName) + " to " + *name, edit);
}

template <class Thing>
std::string nameIn(const Thing* thing)
{
    return thing ? thing->name : std::string();
}

}  // namespace

Result<Edit> renameDomain(const MapDocument& document, const DomainId& id, std::string_view name)
{
    return rename(document, domainNode(document, id), MapObject::Domain,
                  nameIn(document.map().domain(id)), name);
}

Result<Edit> renameTeam(const MapDocument& document, const TeamId& id, std::string_view name)
{
    return rename(document, teamNode(document, id), MapObject::Team,
                  nameIn(document.map().team(id)), name);
}

Result<Edit> renameContext(const MapDocument& document, const ContextId& id, std::string_view name)
{
    return rename(document, contextNode(document, id), MapObject::Context,
                  nameIn(document.map().context(id)), name);
}

Result<Edit> renameProduct(const MapDocument& document, const ProductId& id, std::string_view name)
{
    return rename(document, productNode(document, id), MapObject::Product,
                  nameIn(document.map().product(id)), name);
}

Result<Edit> renameTerm(const MapDocument& document, const ContextId& context,
                        std::string_view oldName, std::string_view newName)
{
    const Result<DataNode> node = termNode(document, context, oldName);
    if (const Result<std::string> name = checkedName(newName);
        node && name && *name != oldName && termNode(document, context, *name))
        return tl::unexpected(
            refused("edit.name-taken",
                    nameOf(document, context) + " has a term \"" + *name + "\" already."));
    return rename(document, node, MapObject::Term, oldName, newName);
}

Result<Edit> setContextDomain(const MapDocument& document, const ContextId& id,
                              const DomainId& domain)
{
    const Result<DataNode> node = contextNode(document, id);
    if (!node)
        return tl::unexpected(node.error());
    const Domain* target = document.map().domain(domain);
    if (!target && !domain.isEmpty())
        return tl::unexpected(noSuch(MapObject::Domain, domain.text));
    const std::string name = target ? "Move " + nameOf(document, id) + " to " + target->name
                                    : "Take " + nameOf(document, id) + " out of its domain";
    const std::vector<DomainId>& now = document.map().context(id)->domains;
    JsonEdit edit(document.tree());
    if (now.size() == 1 && now.front() == domain)
        return finish(name, edit);
    setTextMember(edit, *node, MapObject::Context, "domain", domain.text);
    if (const DataNode list = (*node)["domains"])
        edit.remove(list);
    return finish(name, edit);
}

Result<Edit> setContextTeam(const MapDocument& document, const ContextId& id, const TeamId& team)
{
    const Result<DataNode> node = contextNode(document, id);
    if (!node)
        return tl::unexpected(node.error());
    const MapTeam* target = document.map().team(team);
    if (!target && !team.isEmpty())
        return tl::unexpected(noSuch(MapObject::Team, team.text));
    JsonEdit edit(document.tree());
    setTextMember(edit, *node, MapObject::Context, "team", team.text);
    return finish(target ? "Give " + nameOf(document, id) + " to " + target->name
                         : "Take " + nameOf(document, id) + " from its team",
                  edit);
}

Result<Edit> setContextFlags(const MapDocument& document, const ContextId& id, bool isBigBallOfMud,
                             bool isLegacy)
{
    const Result<DataNode> node = contextNode(document, id);
    if (!node)
        return tl::unexpected(node.error());
    const BoundedContext& context = *document.map().context(id);
    JsonEdit edit(document.tree());
    setFlagMember(edit, *node, MapObject::Context, "bigBallOfMud", isBigBallOfMud);
    setFlagMember(edit, *node, MapObject::Context, "legacy", isLegacy);
    std::vector<std::string> marks;
    if (isBigBallOfMud != context.isBigBallOfMud)
        marks.emplace_back(isBigBallOfMud ? "a big ball of mud" : "no big ball of mud");
    if (isLegacy != context.isLegacy)
        marks.emplace_back(isLegacy ? "legacy" : "not legacy");
    return finish("Mark " + context.name + " as " + enumerated(marks), edit);
}

Result<Edit> setContextOwnership(const MapDocument& document, const ContextId& id,
                                 const Ownership& owns)
{
    const Result<DataNode> node = contextNode(document, id);
    if (!node)
        return tl::unexpected(node.error());
    JsonEdit edit(document.tree());
    if (const Result<> done = setOwnership(edit, *node, document.map().context(id)->owns, owns);
        !done)
        return tl::unexpected(done.error());
    return finish("Change what " + nameOf(document, id) + " owns", edit);
}

Result<Edit> setDomainKind(const MapDocument& document, const DomainId& id,
                           std::optional<Subdomain> kind)
{
    const Result<DataNode> node = domainNode(document, id);
    if (!node)
        return tl::unexpected(node.error());
    const std::string& name = document.map().domain(id)->name;
    JsonEdit edit(document.tree());
    setTextMember(edit, *node, MapObject::Domain, "kind", kind ? toString(*kind) : "");
    return finish(kind ? "Make " + name + " a " + std::string(toString(*kind)) + " domain"
                       : "Clear the kind of " + name,
                  edit);
}

Result<Edit> setTermDefinition(const MapDocument& document, const ContextId& context,
                               std::string_view name, std::string_view definition)
{
    const Result<DataNode> node = termNode(document, context, name);
    if (!node)
        return tl::unexpected(node.error());
    if (const Result<> done = checkText(definition); !done)
        return tl::unexpected(done.error());
    JsonEdit edit(document.tree());
    setTextMember(edit, *node, MapObject::Term, "definition", definition);
    return finish("Define " + std::string(name) + " in " + nameOf(document, context), edit);
}

Result<Edit> setProductAnswer(const MapDocument& document, const ProductId& id,
                              std::size_t question, std::string_view answer)
{
    const Result<DataNode> node = productNode(document, id);
    if (!node)
        return tl::unexpected(node.error());
    if (const Result<> done = checkText(answer); !done)
        return tl::unexpected(done.error());
    if (question >= questionKeys.size())
        return tl::unexpected(refused("edit.not-found", "There is no question " +
                                                            std::to_string(question + 1) +
                                                            "; expected one of 1 to 8."));
    JsonEdit edit(document.tree());
    const DataNode answers = (*node)["reconciliation"];
    if (answers.isObject())
        setTextMember(edit, answers, MapObject::Reconciliation, questionKeys[question], answer);
    else if (!answer.empty())
        edit.set(*node, "reconciliation",
                 JsonValue::object().add(questionKeys[question], JsonValue::text(answer)),
                 keysOf(MapObject::Product));
    return finish("Answer \"" + std::string(questionText(question)) + "\" for " +
                      document.map().product(id)->name,
                  edit);
}

Result<Edit> setText(const MapDocument& document, const Declared& thing, std::string_view member,
                     std::string_view text, std::string_view editName)
{
    const DataNode node = thing.node < document.tree().nodes().size()
                              ? DataNode(&document.tree(), thing.node)
                              : DataNode();
    const std::optional<MapObject> kind = node.isObject() ? kindOf(node) : std::nullopt;
    if (!kind)
        return tl::unexpected(refused("edit.not-found", "The map has no such thing any more."));
    for (const std::string_view value : {member, text}) {
        if (const Result<> done = checkText(value); !done)
            return tl::unexpected(done.error());
    }
    if (member == "id")
        return tl::unexpected(refused("edit.id-is-stable", "The id of a thing stays as it is."));
    if (member == "name" && *kind != MapObject::Relationship && *kind != MapObject::Route &&
        *kind != MapObject::Map) {
        if (const Result<std::string> name = checkedName(text); !name)
            return tl::unexpected(name.error());
    }
    JsonEdit edit(document.tree());
    setTextMember(edit, node, *kind, member, text);
    return finish(std::string(editName), edit);
}

}  // namespace portolan
