// SPDX-License-Identifier: Apache-2.0
// Structurizr workspaces (JSON): software systems, their containers and components as contexts, people as consumers, and who uses whom.
// Ids of a workspace are numbers that each workspace begins anew, so things are known by their names: "Shop", "Shop/Web", "Shop/Web/Cart".
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"

#include <array>
#include <unordered_map>
#include <unordered_set>

namespace portolan {

namespace {

constexpr std::string_view structurizr = "structurizr";

// Kinds of the static model, outermost first; each holds the next.
struct Level {
    std::string_view list;   // the key of such elements in their parent
    std::string_view title;  // for people
    std::string_view type;   // of the context
};
constexpr std::array<Level, 3> levels = {{{"softwareSystems", "software system", "system"},
                                          {"containers", "container", "application"},
                                          {"components", "component", "component"}}};

// What a relationship may begin or end at.
struct Element {
    enum class Kind { Context, Person, NotKept };
    Kind kind = Kind::NotKept;
    std::string id;
};

// The words of a comma-separated list of tags that Structurizr does not set by itself.
std::vector<std::string> tagsOf(const DataNode& element)
{
    std::vector<std::string> tags;
    std::string_view rest = element["tags"].text();
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        std::string_view tag = rest.substr(0, comma);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        while (tag.starts_with(' '))
            tag.remove_prefix(1);
        while (tag.ends_with(' '))
            tag.remove_suffix(1);
        const bool isOwn = !tag.empty() && tag != "Element" && tag != "Person" &&
                           tag != "Software System" && tag != "Container" && tag != "Component" &&
                           tag != "Relationship" && tag != "Asynchronous" && tag != "Synchronous";
        if (isOwn)
            tags.emplace_back(tag);
    }
    return tags;
}

class StructurizrReading {
public:
    StructurizrReading(const DataNode& root, ImportContext& context)
        : m_root(root), m_model(root["model"]), m_context(context)
    {
    }

    void run()
    {
        for (const DataNode person : listAt(m_model, "people", m_context, structurizr))
            addPerson(person);
        for (const DataNode system : listAt(m_model, levels[0].list, m_context, structurizr))
            addContext(system, 0, {});
        for (const DataNode custom : listAt(m_model, "customElements", m_context, structurizr))
            addNotKept(custom, "custom element");
        for (const DataNode node : listAt(m_model, "deploymentNodes", m_context, structurizr))
            addNotKept(node, "deployment node");
        for (const auto& [element, id] : m_related)
            addRelationships(element, id);
        ignoreOthers(m_root, " id name description model ", "workspace", m_context);
        ignoreOthers(m_model, " people softwareSystems customElements deploymentNodes ", "model",
                     m_context);
    }

private:
    // The first one of a number is meant by it.
    void know(const DataNode& element, Element::Kind kind, const std::string& id)
    {
        const std::string_view number = element["id"].text();
        if (number.empty()) {
            m_context.problem(Severity::Warning, "structurizr.no-id",
                              "\"" + id +
                                  "\" has no id (required). Loaded; no relationship can lead to "
                                  "it.",
                              element);
            return;
        }
        if (!m_elements.emplace(number, Element{kind, id}).second)
            m_context.problem(Severity::Warning, "structurizr.same-id",
                              "\"" + id + "\" has the id \"" + std::string(number) +
                                  "\" of another element (expected one that no other has). "
                                  "Relationships lead to the first.",
                              element["id"]);
    }

    std::string nameOf(const DataNode& element, std::string_view title)
    {
        std::string name = textAt(element, "name", m_context, structurizr);
        if (name.empty())
            m_context.problem(Severity::Error, "structurizr.no-name",
                              "A " + std::string(title) +
                                  " has no name (required). It is skipped with all that it holds.",
                              element);
        return name;
    }

    // A name within its parent; with the number where another thing has that name.
    std::string freeId(const std::string& name, const std::string& parent, const DataNode& element)
    {
        std::string id = parent.empty() ? name : parent + "/" + name;
        if (m_ids.insert(lowerCase(id)).second)
            return id;
        m_context.problem(Severity::Warning, "structurizr.same-name",
                          "There is another \"" + id +
                              "\" (expected names that differ). Loaded under its name and id.",
                          element["name"]);
        id += " (" + element["id"].string() + ")";
        m_ids.insert(lowerCase(id));
        return id;
    }

    void addPerson(const DataNode& person)
    {
        const std::string name = nameOf(person, "person");
        if (name.empty())
            return;
        const std::string id = freeId(name, {}, person);
        know(person, Element::Kind::Person, id);
        m_related.emplace_back(person, id);
        Consumer consumer{id, name, {}, "person", {}, m_context.evidence(person["name"])};
        for (const DataNode property : person["properties"]) {
            if (const std::string key = lowerCase(property.key()); key == "owner" || key == "team")
                consumer.owner = property.string();
            else
                ignoreProperty(property, "person");
        }
        m_context.estate().consumer(std::move(consumer));
        for (const std::string& tag : tagsOf(person))
            m_context.ignored("person.tags " + tag, "not kept", person["tags"]);
        ignoreUnlessEmpty(person, "person");
        ignoreOthers(person, " id name tags properties relationships location documentation ",
                     "person", m_context);
    }

    // The exporter writes these at each element, most often without saying anything.
    void ignoreUnlessEmpty(const DataNode& element, std::string_view owner)
    {
        if (element["documentation"].size() > 0)
            m_context.ignored(std::string(owner) + ".documentation", "not kept",
                              element["documentation"]);
        const DataNode location = element["location"];
        if (owner == "person" && location && location.text() != "Unspecified")
            m_context.ignored("person.location", "not kept", location);
    }

    void ignoreProperty(const DataNode& property, std::string_view owner)
    {
        m_context.ignored(std::string(owner) + ".properties." + std::string(property.key()),
                          "not kept", property);
    }

    void addContext(const DataNode& element, std::size_t level, const std::string& parent)
    {
        const std::string name = nameOf(element, levels[level].title);
        if (name.empty())
            return;
        ObservedContext one;
        one.id = freeId(name, parent, element);
        one.name = name;
        one.type = levels[level].type;
        one.parent = parent;
        one.description = textAt(element, "description", m_context, structurizr);
        one.isExternal = element["location"].text() == "External";
        one.evidence = m_context.evidence(element["name"]);
        know(element, Element::Kind::Context, one.id);
        m_related.emplace_back(element, one.id);
        readProperties(element, one);
        readMarks(element, one);
        const std::string id = one.id;
        m_context.estate().fact(std::move(one));
        std::string known = " id name description tags properties relationships location group "
                            "technology url documentation ";
        if (level + 1 < levels.size()) {
            known += std::string(levels[level + 1].list) + " ";
            for (const DataNode part :
                 listAt(element, levels[level + 1].list, m_context, structurizr))
                addContext(part, level + 1, id);
        }
        ignoreUnlessEmpty(element, levels[level].type);
        ignoreOthers(element, known, levels[level].type, m_context);
    }

    void claim(const std::string& id, std::string_view property, std::string value,
               const DataNode& where)
    {
        if (!value.empty())
            m_context.estate().fact(Claim{ClaimAbout::Context, id, std::string(property),
                                          std::move(value), m_context.evidence(where)});
    }

    // Owner and domain, as most people name them; everything else under its own name.
    void readProperties(const DataNode& element, ObservedContext& one)
    {
        for (const DataNode property : element["properties"]) {
            const std::string key = lowerCase(property.key());
            if (key == "owner" || (key == "team" && one.owner.empty()))
                one.owner = property.string();
            else if (key == "domain")
                one.domain = property.string();
            else if (key.starts_with("structurizr."))
                ignoreProperty(property, one.type);
            else
                claim(one.id, property.key(), property.string(), property);
        }
    }

    void readMarks(const DataNode& element, ObservedContext& one)
    {
        for (const char* key : {"group", "technology"})
            claim(one.id, key, textAt(element, key, m_context, structurizr), element[key]);
        claim(one.id, "link", textAt(element, "url", m_context, structurizr), element["url"]);
        for (const std::string& tag : tagsOf(element)) {
            const std::string word = lowerCase(tag);
            if (word == "external" || word == "external system" ||
                word == "external software system")
                one.isExternal = true;
            claim(one.id, "tag", tag, element["tags"]);
        }
    }

    // Known by number, so that relationships with it are told from those that lead nowhere.
    void addNotKept(const DataNode& element, std::string_view title)
    {
        m_context.ignored(title, "not kept, with all that it holds", element);
        if (const std::string_view number = element["id"].text(); !number.empty())
            m_elements.emplace(number, Element{Element::Kind::NotKept, std::string(title)});
    }

    const Element* find(const DataNode& number)
    {
        const auto found = m_elements.find(number.text());
        return found == m_elements.end() ? nullptr : &found->second;
    }

    void addRelationships(const DataNode& element, const std::string& id)
    {
        for (const DataNode one : listAt(element, "relationships", m_context, structurizr)) {
            if (const std::string_view source = one["sourceId"].text();
                !source.empty() && source != element["id"].text())
                m_context.problem(Severity::Warning, "structurizr.other-source",
                                  "The relationship stands at \"" + id + "\" and begins at id \"" +
                                      std::string(source) +
                                      "\" (expected the same). Loaded as from where it begins.",
                                  one["sourceId"]);
            addRelationship(one, one["sourceId"] ? one["sourceId"] : element["id"]);
        }
    }

    void addRelationship(const DataNode& one, const DataNode& source)
    {
        const Element* from = find(source);
        const Element* to = find(one["destinationId"]);
        if (!from || !to) {
            const DataNode& missing = from ? one["destinationId"] : source;
            m_context.unresolved(missing.text().empty() ? "destinationId" : missing.text(),
                                 "no element of the workspace has this id", one);
            return;
        }
        if (from->kind == Element::Kind::Context && to->kind == Element::Kind::Context)
            addDependence(one, *from, *to);
        else if (from->kind == Element::Kind::Context && to->kind == Element::Kind::Person)
            addRoute(one, from->id, to->id);
        else if (from->kind == Element::Kind::Person && to->kind == Element::Kind::Context)
            addRoute(one, to->id, from->id);
        else
            m_context.ignored(from->kind == Element::Kind::Person &&
                                      to->kind == Element::Kind::Person
                                  ? "relationship between people"
                                  : "relationship with a " +
                                        (to->kind == Element::Kind::NotKept ? to->id : from->id),
                              "not kept", one);
        ignoreOthers(one,
                     " id tags sourceId destinationId description technology interactionStyle "
                     "linkedRelationshipId ",
                     "relationship", m_context);
        for (const std::string& tag : tagsOf(one))
            m_context.ignored("relationship.tags " + tag, "not kept", one["tags"]);
    }

    // Who is used is upstream of who uses it.
    void addDependence(const DataNode& one, const Element& from, const Element& to)
    {
        std::string how = textAt(one, "technology", m_context, structurizr);
        if (!how.empty())
            how.insert(0, "technology: ");
        if (one["interactionStyle"].text() == "Asynchronous")
            how += how.empty() ? "asynchronous" : "; asynchronous";
        m_context.estate().fact(
            ObservedRelationship{to.id,
                                 from.id,
                                 "depends-on",
                                 {},
                                 {},
                                 textAt(one, "description", m_context, structurizr),
                                 how,
                                 m_context.evidence(one)});
    }

    void addRoute(const DataNode& one, const std::string& provider, const std::string& person)
    {
        m_context.estate().fact(ObservedRoute{provider,
                                              {},
                                              person,
                                              textAt(one, "description", m_context, structurizr),
                                              m_context.evidence(one)});
    }

    DataNode m_root;
    DataNode m_model;
    ImportContext& m_context;
    std::unordered_map<std::string_view, Element> m_elements;  // by number
    std::vector<std::pair<DataNode, std::string>> m_related;   // kept elements and their ids
    std::unordered_set<std::string> m_ids;                     // in lower case
};

class StructurizrImporter : public Importer {
public:
    std::string_view format() const override { return structurizr; }
    std::string_view title() const override { return "Structurizr workspace"; }
    std::string_view group() const override { return "Architecture models"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        if (isEncrypted(root))
            return Match::ByContent;
        const DataNode model = root["model"];
        const bool isModel = model["softwareSystems"].isArray() || model["people"].isArray() ||
                             model["deploymentNodes"].isArray();
        return isModel || (model.isObject() && root["views"]["configuration"].isObject())
                   ? Match::ByContent
                   : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        if (isEncrypted(root)) {
            context.problem(Severity::Error, "structurizr.encrypted",
                            "The workspace is encrypted (expected one in plain text). Nothing is "
                            "read of it.",
                            root["ciphertext"]);
            return;
        }
        StructurizrReading(root, context).run();
    }

private:
    static bool isEncrypted(const DataNode& root)
    {
        return root["ciphertext"].isString() && root["encryptionStrategy"].isObject();
    }
};

}  // namespace

std::unique_ptr<Importer> structurizrImporter()
{
    return std::make_unique<StructurizrImporter>();
}

}  // namespace portolan
