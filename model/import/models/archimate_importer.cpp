// SPDX-License-Identifier: Apache-2.0
// ArchiMate models in The Open Group's exchange format: applications as contexts, capabilities as domains, application services as
// products, data objects as datasets, and what flows, serves and is accessed between them. Identifiers need only be unique in their
// file, so things go by their names.
#include "model/import/dataset_name.h"
#include "model/import/importers.h"
#include "model/import/models/xml_limits.h"

#include <QString>
#include <QXmlStreamReader>

#include <map>
#include <unordered_map>
#include <unordered_set>

namespace portolan {

namespace {

constexpr std::string_view exchangeSpace = "http://www.opengroup.org/xsd/archimate";
constexpr std::string_view archiSpace = "http://www.archimatetool.com/archimate";

struct ModelElement {
    std::string id;
    std::string type;
    std::string name;
    std::string documentation;
    std::vector<std::pair<std::string, std::string>> properties;  // reference of the definition
    int line = 0;
};

struct ModelRelation {
    std::string id;
    std::string type;
    std::string source;
    std::string target;
    std::string name;
    std::string access;
    int line = 0;
};

struct Model {
    std::vector<ModelElement> elements;
    std::vector<ModelRelation> relations;
    std::unordered_map<std::string, std::string> propertyNames;  // by identifier
};

enum class Kind { NotKept, Application, Capability, Service, Data, Junction };

// What one junction may join: each of its beginnings with each of its ends.
constexpr std::size_t mostPairs = 1'000;

Kind kindOf(std::string_view type)
{
    if (type == "ApplicationComponent" || type == "ApplicationCollaboration")
        return Kind::Application;
    if (type == "ApplicationService" || type == "ApplicationInterface")
        return Kind::Service;
    if (type == "Capability")
        return Kind::Capability;
    if (type.ends_with("Junction"))
        return Kind::Junction;
    return type == "DataObject" ? Kind::Data : Kind::NotKept;
}

// "archimate:FlowRelationship" (a prefix, and version 2's endings and spellings) is "Flow".
std::string relationType(std::string_view type)
{
    if (type.ends_with("Relationship"))
        type.remove_suffix(std::string_view("Relationship").size());
    if (type == "UsedBy")
        return "Serving";
    if (type == "Realisation")
        return "Realization";
    if (type == "Specialisation")
        return "Specialization";
    return std::string(type);
}

// Reads the XML into a Model; what it holds besides is counted.
class ExchangeReader {
public:
    ExchangeReader(std::string_view text, ImportContext& context)
        : m_xml(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))),
          m_context(context)
    {
    }

    Model read()
    {
        if (m_xml.readNextStartElement())
            readModel();
        if (m_xml.hasError() && !m_context.progress().stopRequested())
            m_context.problemAt(Severity::Error, "archimate.xml",
                                "Not well-formed XML: " + m_xml.errorString().toStdString() +
                                    (m_xml.errorString().endsWith(u'.') ? "" : ".") +
                                    " What stands before is kept.",
                                line(), static_cast<int>(m_xml.columnNumber()));
        return std::move(m_model);
    }

private:
    int line() const { return static_cast<int>(m_xml.lineNumber()); }
    std::string name() const { return m_xml.name().toString().toStdString(); }
    std::string attribute(const char* name) const
    {
        return m_xml.attributes().value(QLatin1String(name)).toString().toStdString();
    }
    std::string text()
    {
        return m_xml.readElementText(QXmlStreamReader::SkipChildElements).trimmed().toStdString();
    }

    // xsi:type, without a prefix.
    std::string type() const
    {
        const QStringView value = m_xml.attributes().value(
            QLatin1String("http://www.w3.org/2001/XMLSchema-instance"), QLatin1String("type"));
        return value.mid(value.indexOf(u':') + 1).toString().toStdString();
    }

    void ignore(const std::string& what)
    {
        m_context.ignoredAt(what, "not kept", line());
        m_xml.skipCurrentElement();
    }

    void readModel()
    {
        const std::string space = m_xml.namespaceUri().toString().toStdString();
        if (!space.starts_with(exchangeSpace)) {
            m_context.problemAt(Severity::Error, "archimate.namespace",
                                space.starts_with(archiSpace)
                                    ? "This is a file of the tool Archi (expected its export as an "
                                      "Open Exchange file). Nothing is read of it."
                                    : "The root element is not in a namespace of ArchiMate's "
                                      "exchange format (expected " +
                                          std::string(exchangeSpace) +
                                          "/3.0/). Nothing is read of it.",
                                line());
            return;
        }
        const QString schemas =
            m_xml.attributes()
                .value(QLatin1String("http://www.w3.org/2001/XMLSchema-instance"),
                       QLatin1String("schemaLocation"))
                .toString();
        m_context.setFormatVersion(!space.ends_with("/3.0/")                  ? "2.1"
                                   : schemas.contains(QLatin1String("/3.1/")) ? "3.1"
                                                                              : "3.0");
        while (m_xml.readNextStartElement()) {
            if (const std::string part = name(); part == "elements")
                readList("element");
            else if (part == "relationships")
                readList("relationship");
            else if (part == "propertyDefinitions")
                readList("propertyDefinition");
            else if (part == "propertydefs")
                readList("propertydef");
            else
                ignore("model." + part);
        }
    }

    void readList(const std::string& member)
    {
        while (m_xml.readNextStartElement()) {
            if (m_context.progress().stopRequested())
                m_xml.raiseError();
            else if (name() != member)
                ignore(name());
            else if (member == "element")
                readElement();
            else if (member == "relationship")
                readRelation();
            else
                readPropertyDefinition();
        }
    }

    // Of several languages the first is kept.
    void take(std::string& into)
    {
        if (into.empty())
            into = text();
        else
            ignore(name() + " in another language");
    }

    void readElement()
    {
        ModelElement one;
        one.id = attribute("identifier");
        one.type = type();
        one.line = line();
        while (m_xml.readNextStartElement()) {
            if (const std::string part = name(); part == "name" || part == "label")
                take(one.name);
            else if (part == "documentation")
                take(one.documentation);
            else if (part == "properties")
                readProperties(one);
            else
                ignore("element." + part);
        }
        m_model.elements.push_back(std::move(one));
    }

    void readProperties(ModelElement& one)
    {
        while (m_xml.readNextStartElement()) {
            std::string reference = attribute("propertyDefinitionRef");
            if (reference.empty())
                reference = attribute("identifierref");
            std::string value;
            while (m_xml.readNextStartElement()) {
                if (name() == "value")
                    take(value);
                else
                    ignore("property." + name());
            }
            one.properties.emplace_back(std::move(reference), std::move(value));
        }
    }

    void readRelation()
    {
        ModelRelation one;
        one.id = attribute("identifier");
        one.type = relationType(type());
        one.source = attribute("source");
        one.target = attribute("target");
        one.access = attribute("accessType");
        one.line = line();
        while (m_xml.readNextStartElement()) {
            if (const std::string part = name(); part == "name" || part == "label")
                take(one.name);
            else
                ignore("relationship." + part);
        }
        m_model.relations.push_back(std::move(one));
    }

    void readPropertyDefinition()
    {
        const std::string id = attribute("identifier");
        std::string title = attribute("name");
        while (m_xml.readNextStartElement()) {
            if (name() == "name")
                take(title);
            else
                ignore("propertyDefinition." + name());
        }
        m_model.propertyNames.emplace(id, std::move(title));
    }

    QXmlStreamReader m_xml;
    ImportContext& m_context;
    Model m_model;
};

// Makes facts of a Model.
class ModelFacts {
public:
    ModelFacts(const Model& model, ImportContext& context) : m_model(model), m_context(context) {}

    void add()
    {
        for (const ModelRelation& relation : m_model.relations)
            m_relations.insert(relation.id);
        for (const ModelElement& element : m_model.elements)
            addElement(element);
        for (const ModelRelation& relation : m_model.relations)
            addRelation(relation);
        for (const auto& [junction, ends] : m_joined)
            join(junction, ends);
    }

private:
    // Relationships of one type that end and begin at one junction.
    struct Ends {
        std::vector<const ModelRelation*> in;
        std::vector<const ModelRelation*> out;
    };
    struct Thing {
        Kind kind = Kind::NotKept;
        std::string id;  // of the fact; a dataset's key
        std::string name;
        std::string type;
        DatasetIndex dataset;
    };

    Evidence evidence(const ModelElement& element)
    {
        return m_context.evidenceAt(element.line, 0, element.id);
    }
    Evidence evidence(const ModelRelation& relation)
    {
        return m_context.evidenceAt(relation.line, 0, relation.id);
    }

    // What it is called, or else its identifier; empty, with a problem, when it has neither.
    std::string nameOf(const ModelElement& element)
    {
        if (!element.name.empty())
            return element.name;
        m_context.problemAt(
            element.id.empty() ? Severity::Error : Severity::Warning, "archimate.no-name",
            element.id.empty()
                ? "The " + element.type + " has neither name nor identifier (required). Skipped."
                : "The " + element.type + " \"" + element.id +
                      "\" has no name (expected one). Loaded under its identifier.",
            element.line);
        return element.id;
    }

    // Two of a kind may have one name in ArchiMate: the later one then goes by name and identifier.
    std::string freeId(const ModelElement& element, const std::string& name)
    {
        const std::string place = std::to_string(static_cast<int>(kindOf(element.type)));
        if (m_ids.insert(place + lowerCase(name)).second)
            return name;
        std::string id = name + " (" + element.id + ")";
        m_context.problemAt(Severity::Note, "archimate.same-name",
                            "There is another \"" + name + "\" of this kind. Loaded as \"" + id +
                                "\".",
                            element.line);
        m_ids.insert(place + lowerCase(id));
        return id;
    }

    void addElement(const ModelElement& element)
    {
        Thing thing;
        thing.kind = kindOf(element.type);
        thing.type = element.type.empty() ? "element without a type" : element.type;
        if (thing.kind == Kind::NotKept) {
            m_context.ignoredAt(thing.type, "elements of this kind are not kept", element.line);
        } else if (thing.kind != Kind::Junction) {
            thing.name = nameOf(element);
            if (thing.name.empty())
                return;
            thing.id = freeId(element, thing.name);
            addFact(element, thing);
        }
        if (element.id.empty() || m_things.emplace(element.id, std::move(thing)).second)
            return;
        m_context.problemAt(Severity::Warning, "archimate.same-identifier",
                            "The identifier \"" + element.id +
                                "\" is that of another element (expected one that no other has). "
                                "Relationships lead to the first.",
                            element.line);
    }

    void addFact(const ModelElement& element, Thing& thing)
    {
        if (thing.kind == Kind::Application) {
            ObservedContext one;
            one.id = thing.id;
            one.name = thing.name;
            one.type = "application";
            one.owner = property(element, {"owner", "team"});
            one.domain = property(element, {"domain"});
            if (!one.domain.empty())
                (void)isFirst(thing, "domain");
            one.description = element.documentation;
            one.evidence = evidence(element);
            m_context.estate().fact(std::move(one));
            addClaims(element, ClaimAbout::Context, thing.id);
        } else if (thing.kind == Kind::Capability) {
            m_context.estate().fact(ObservedDomain{thing.id,
                                                   thing.name,
                                                   {},
                                                   {},
                                                   property(element, {"owner", "team"}),
                                                   element.documentation,
                                                   evidence(element)});
            claim(ClaimAbout::Domain, thing.id, "type", "capability", evidence(element));
            addClaims(element, ClaimAbout::Domain, thing.id);
        } else if (thing.kind == Kind::Service) {
            addProduct(element, thing);
        } else {
            addDataset(element, thing);
        }
    }

    void addProduct(const ModelElement& element, const Thing& thing)
    {
        ObservedProduct product;
        product.id = thing.id;
        product.name = thing.name;
        product.owner = property(element, {"owner", "team"});
        product.domain = property(element, {"domain"});
        if (!product.domain.empty())
            (void)isFirst(thing, "domain");
        product.kind = ProductKind::OperationalApi;
        product.isInferred = true;
        product.evidence = evidence(element);
        m_context.estate().product(std::move(product));
        claim(ClaimAbout::Product, thing.id, "description", element.documentation,
              evidence(element));
        addClaims(element, ClaimAbout::Product, thing.id);
    }

    void addDataset(const ModelElement& element, Thing& thing)
    {
        thing.dataset = m_context.estate().dataset("archimate", "", thing.id, evidence(element));
        Dataset& dataset = m_context.estate().estate().datasets[thing.dataset.value];
        dataset.type = "data object";
        if (dataset.description.empty())
            dataset.description = element.documentation;
        thing.id = dataset.key();
        for (const char* key : {"owner", "domain"})
            claim(ClaimAbout::Dataset, thing.id, key, property(element, {key}), evidence(element));
        addClaims(element, ClaimAbout::Dataset, thing.id);
    }

    std::string propertyName(const std::string& reference) const
    {
        const auto found = m_model.propertyNames.find(reference);
        return found == m_model.propertyNames.end() || found->second.empty() ? reference
                                                                             : found->second;
    }

    std::string property(const ModelElement& element, std::initializer_list<std::string_view> names)
    {
        for (const std::string_view name : names) {
            for (const auto& [reference, value] : element.properties) {
                if (lowerCase(propertyName(reference)) == name)
                    return value;
            }
        }
        return {};
    }

    // Properties that no member of the fact holds, under their own names.
    void addClaims(const ModelElement& element, ClaimAbout about, const std::string& id)
    {
        for (const auto& [reference, value] : element.properties) {
            const std::string name = propertyName(reference);
            const std::string key = lowerCase(name);
            if (!m_model.propertyNames.contains(reference))
                m_context.unresolvedAt(reference, "no property is defined under this identifier",
                                       element.line);
            const bool isTaken = key == "owner" || (key == "domain" && about != ClaimAbout::Domain);
            if (!isTaken && !(key == "team" && about != ClaimAbout::Dataset))
                claim(about, id, name, value, evidence(element));
        }
        if (about == ClaimAbout::Context && element.type != "ApplicationComponent")
            claim(about, id, "type", element.type, evidence(element));
    }

    void claim(ClaimAbout about, const std::string& id, std::string_view property,
               const std::string& value, Evidence where)
    {
        if (!value.empty())
            m_context.estate().fact(
                Claim{about, id, std::string(property), value, std::move(where)});
    }

    const Thing* find(const std::string& id, const ModelRelation& relation)
    {
        if (const auto found = m_things.find(id); found != m_things.end())
            return &found->second;
        if (m_relations.contains(id) && !id.empty())
            m_context.ignoredAt(relation.type + " with a relationship", "not kept", relation.line);
        else
            m_context.unresolvedAt(id.empty() ? "source or target" : id,
                                   "no element has this identifier", relation.line);
        return nullptr;
    }

    void addRelation(const ModelRelation& relation)
    {
        const Thing* from = find(relation.source, relation);
        const Thing* to = from ? find(relation.target, relation) : nullptr;
        if (!from || !to)
            return;
        if (from->kind == Kind::Junction && to->kind != Kind::Junction)
            m_joined[{relation.source, relation.type}].out.push_back(&relation);
        else if (to->kind == Kind::Junction && from->kind != Kind::Junction)
            m_joined[{relation.target, relation.type}].in.push_back(&relation);
        else if (!addKnown(relation, *from, *to))
            leaveOut(relation, *from, *to);
    }

    void leaveOut(const ModelRelation& relation, const Thing& from, const Thing& to)
    {
        m_context.ignoredAt(relation.type + " from " + from.type + " to " + to.type, "not kept",
                            relation.line);
    }

    // A flow into a junction goes on to all that flows out of it; the same for the other types.
    void join(const std::pair<std::string, std::string>& junction, const Ends& ends)
    {
        const bool isOpen = ends.in.empty() || ends.out.empty();
        const bool isTooMuch = ends.in.size() * ends.out.size() > mostPairs;
        if (isTooMuch)
            m_context.problemAt(
                Severity::Warning, "archimate.junction",
                "The junction \"" + junction.first + "\" joins " + std::to_string(ends.in.size()) +
                    " with " + std::to_string(ends.out.size()) + " (expected at most " +
                    std::to_string(mostPairs) + " pairs). Its relationships are skipped.",
                ends.in.front()->line);
        if (isOpen || isTooMuch) {
            for (const auto* list : {&ends.in, &ends.out}) {
                for (const ModelRelation* one : *list)
                    leaveOut(*one, m_things.at(one->source), m_things.at(one->target));
            }
            return;
        }
        for (const ModelRelation* in : ends.in) {
            for (const ModelRelation* out : ends.out)
                addJoined(*in, *out);
        }
    }

    void addJoined(const ModelRelation& in, const ModelRelation& out)
    {
        ModelRelation whole = in;
        whole.target = out.target;
        if (whole.name.empty())
            whole.name = out.name;
        if (whole.access.empty())
            whole.access = out.access;
        const Thing& from = m_things.at(in.source);
        const Thing& to = m_things.at(out.target);
        if (!addKnown(whole, from, to))
            m_context.ignoredAt(in.type + " from " + from.type + " to " + to.type +
                                    " through a junction",
                                "not kept", in.line);
    }

    bool addKnown(const ModelRelation& relation, const Thing& from, const Thing& to)
    {
        const std::string& type = relation.type;
        const bool isWhole = type == "Composition" || type == "Aggregation";
        const bool isMade = type == "Realization" || type == "Assignment";
        if (from.kind == Kind::Application && to.kind == Kind::Application)
            return isWhole ? addPart(relation, from, to) : addBetween(relation, from, to);
        if (from.kind == Kind::Capability && to.kind == Kind::Capability && isWhole)
            return addSubdomain(relation, from, to);
        if (to.kind == Kind::Capability && (isMade || type == "Serving"))
            return addSupport(relation, from, to);
        if (from.kind == Kind::Application && to.kind == Kind::Service && (isMade || isWhole)) {
            route(relation, from.id, to.id, {}, "provides");
            claim(ClaimAbout::Product, to.id, isFirst(to, "context") ? "context" : "contexts",
                  from.id, evidence(relation));
            return true;
        }
        if (from.kind == Kind::Service && to.kind == Kind::Application && type == "Serving")
            return addUse(relation, from, to);
        if (type == "Flow")
            return addServiceFlow(relation, from, to);
        return from.kind == Kind::Application && to.kind == Kind::Data && type == "Access" &&
               addAccess(relation, from, to);
    }

    void route(const ModelRelation& relation, const std::string& from, const std::string& product,
               const std::string& to, std::string_view name)
    {
        m_context.estate().fact(
            ObservedRoute{from, product, to, std::string(name), evidence(relation)});
    }

    // ArchiMate lets a thing be a part of several, and an application make several capabilities: the first is the one that a fact has
    // room for, and the others are claims that do not contradict it.
    bool isFirst(const Thing& thing, const std::string& property)
    {
        return m_said.insert(std::to_string(static_cast<int>(thing.kind)) + property + thing.id)
            .second;
    }

    bool addPart(const ModelRelation& relation, const Thing& whole, const Thing& part)
    {
        if (isFirst(part, "parent")) {
            ObservedContext one;
            one.id = part.id;
            one.parent = whole.id;
            one.evidence = evidence(relation);
            m_context.estate().fact(std::move(one));
        } else {
            claim(ClaimAbout::Context, part.id, "parents", whole.id, evidence(relation));
        }
        return true;
    }

    bool addSubdomain(const ModelRelation& relation, const Thing& whole, const Thing& part)
    {
        if (isFirst(part, "parent"))
            m_context.estate().fact(
                ObservedDomain{part.id, {}, whole.id, {}, {}, {}, evidence(relation)});
        else
            claim(ClaimAbout::Domain, part.id, "parents", whole.id, evidence(relation));
        return true;
    }

    bool addBetween(const ModelRelation& relation, const Thing& from, const Thing& to)
    {
        const bool isFlow = relation.type == "Flow";
        if (!isFlow && relation.type != "Serving")
            return false;
        m_context.estate().fact(ObservedRelationship{from.id,
                                                     to.id,
                                                     isFlow ? "flow" : "depends-on",
                                                     {},
                                                     {},
                                                     relation.name,
                                                     {},
                                                     evidence(relation)});
        if (isFlow)
            route(relation, from.id, {}, to.id, relation.name);
        return true;
    }

    // A capability is the domain of the applications and services that make it.
    bool addSupport(const ModelRelation& relation, const Thing& from, const Thing& capability)
    {
        if (from.kind != Kind::Application && from.kind != Kind::Service)
            return false;
        const bool isOnly = isFirst(from, "domain");
        if (from.kind == Kind::Application && isOnly) {
            ObservedContext one;
            one.id = from.id;
            one.domain = capability.id;
            one.evidence = evidence(relation);
            m_context.estate().fact(std::move(one));
        } else {
            claim(from.kind == Kind::Application ? ClaimAbout::Context : ClaimAbout::Product,
                  from.id, isOnly ? "domain" : "domains", capability.id, evidence(relation));
        }
        return true;
    }

    bool addUse(const ModelRelation& relation, const Thing& service, const Thing& user)
    {
        m_context.estate().consumer(
            {user.id, user.name, {}, "application", {}, evidence(relation)});
        m_context.estate().fact(
            Adoption{user.id, service.id, {}, {}, "consumes", {}, evidence(relation)});
        route(relation, {}, service.id, user.id, "consumes");
        return true;
    }

    bool addServiceFlow(const ModelRelation& relation, const Thing& from, const Thing& to)
    {
        if (from.kind == Kind::Application && to.kind == Kind::Service)
            route(relation, from.id, to.id, {}, relation.name);
        else if (from.kind == Kind::Service && to.kind == Kind::Application)
            route(relation, {}, from.id, to.id, relation.name);
        else
            return false;
        return true;
    }

    bool addAccess(const ModelRelation& relation, const Thing& from, const Thing& data)
    {
        const std::string& access = relation.access;
        if (access == "Write" || access == "ReadWrite")
            route(relation, from.id, data.id, {}, "writes");
        if (access == "Read" || access == "ReadWrite") {
            route(relation, {}, data.id, from.id, "reads");
            m_context.estate().consumer(
                {from.id, from.name, {}, "application", {data.dataset}, evidence(relation)});
        }
        if (access.find("Read") == std::string::npos && access.find("Write") == std::string::npos)
            claim(ClaimAbout::Dataset, data.id, "users", from.id, evidence(relation));
        return true;
    }

    const Model& m_model;
    ImportContext& m_context;
    std::unordered_map<std::string, Thing> m_things;               // by identifier
    std::unordered_set<std::string> m_relations;                   // their identifiers
    std::map<std::pair<std::string, std::string>, Ends> m_joined;  // by junction and type
    std::unordered_set<std::string> m_ids;                         // kind and name in lower case
    std::unordered_set<std::string> m_said;                        // kind, property and id
};

class ArchimateImporter : public Importer {
public:
    std::string_view format() const override { return "archimate"; }
    std::string_view title() const override { return "ArchiMate exchange file"; }
    std::string_view group() const override { return "Architecture models"; }
    bool readsText() const override { return true; }

    // A root element "model" in one of the namespaces, or with a prefix for one.
    Match match(const SourceHead& head) const override
    {
        const std::size_t root = rootTag(head.text);
        if (root == std::string_view::npos)
            return Match::No;
        const std::string_view tag = head.text.substr(root, head.text.find('>', root) - root);
        const std::string_view name = tag.substr(1, tag.find_first_of(" \t\r\n/") - 1);
        const bool isModel = name == "model" || name.ends_with(":model");
        const bool isOurs = tag.find(exchangeSpace) != std::string_view::npos ||
                            tag.find(archiSpace) != std::string_view::npos;
        return isModel && isOurs ? Match::ByContent : Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        if (const std::optional<XmlExcess> excess = xmlExcess(text, context.budget())) {
            context.problemAt(Severity::Error, "archimate." + excess->code,
                              excess->message + " Nothing is read of the file.", excess->line);
            return;
        }
        const Model model = ExchangeReader(text, context).read();
        ModelFacts(model, context).add();
    }

private:
    // Where the first tag begins that is neither a declaration nor a comment.
    static std::size_t rootTag(std::string_view text)
    {
        std::size_t at = text.find('<');
        if (at == std::string_view::npos ||
            text.substr(0, at).find_first_not_of("\xEF\xBB\xBF \t\r\n") != std::string_view::npos)
            return std::string_view::npos;
        while (at != std::string_view::npos && at + 1 < text.size() &&
               (text[at + 1] == '?' || text[at + 1] == '!')) {
            const std::string_view end = text.substr(at).starts_with("<!--") ? "-->"
                                         : text[at + 1] == '?'               ? "?>"
                                                                             : ">";
            at = text.find(end, at);
            at = at == std::string_view::npos ? at : text.find('<', at);
        }
        return at;
    }
};

}  // namespace

std::unique_ptr<Importer> archimateImporter()
{
    return std::make_unique<ArchimateImporter>();
}

}  // namespace portolan
