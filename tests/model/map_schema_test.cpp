// SPDX-License-Identifier: Apache-2.0
// The published schema and the reader's own checks say the same, over maps in which every value was replaced or taken out.
#include "model/json/json_edit.h"
#include "model/json/json_reader.h"
#include "model/map/map_document.h"
#include "model/map/map_keys.h"
#include "tests/support/text_output.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <set>

namespace portolan {
namespace {

// Knows the keywords that our schema uses, and stops the test at any other.
class Validator {
public:
    explicit Validator(DataNode schema) : m_schema(schema) {}
    bool accepts(DataNode value) const { return accepts(m_schema, value); }

private:
    bool accepts(DataNode schema, DataNode value) const
    {
        bool isValid = true;
        for (const DataNode rule : schema)
            isValid = obeys(schema, rule, value) && isValid;
        return isValid;
    }

    bool obeys(DataNode schema, DataNode rule, DataNode value) const
    {
        static const std::set<std::string_view> notes = {
            "title", "description", "default", "$schema", "$id", "$defs", "then"};
        const std::string_view word = rule.key();
        if (notes.count(word) > 0)
            return true;
        if (word == "$ref")
            return accepts(
                m_schema["$defs"][rule.text().substr(std::string_view("#/$defs/").size())], value);
        if (word == "type")
            return hasType(value, rule.text());
        if (word == "enum")
            return any(
                rule, [&](DataNode one) { return value.isString() && one.text() == value.text(); });
        if (word == "minLength")
            return !value.isString() ||
                   static_cast<std::int64_t>(value.text().size()) >= *rule.integer();
        if (word == "minItems" || word == "maxItems")
            return !value.isArray() || (word == "minItems" ? value.size() >= *rule.integer()
                                                           : value.size() <= *rule.integer());
        if (word == "minimum" || word == "maximum")
            return !value.number() || (word == "minimum" ? *value.number() >= *rule.number()
                                                         : *value.number() <= *rule.number());
        if (word == "required")
            return !value.isObject() ||
                   !any(rule, [&](DataNode key) { return value[key.text()].isMissing(); });
        if (word == "properties")
            return !any(rule, [&](DataNode property) {
                const DataNode member = value[property.key()];
                return member && !accepts(property, member);
            });
        if (word == "items" || word == "additionalProperties")
            return (word == "items" ? !value.isArray() : !value.isObject()) ||
                   !any(value, [&](DataNode child) { return !accepts(rule, child); });
        if (word == "allOf")
            return !any(rule, [&](DataNode one) { return !accepts(one, value); });
        if (word == "anyOf")
            return any(rule, [&](DataNode one) { return accepts(one, value); });
        if (word == "not")
            return !accepts(rule, value);
        if (word == "if")
            return !accepts(rule, value) || accepts(schema["then"], value);
        qFatal("unknown keyword %s", std::string(word).c_str());
    }

    template <class Holds>
    static bool any(DataNode container, Holds holds)
    {
        for (const DataNode child : container) {
            if (holds(child))
                return true;
        }
        return false;
    }

    static bool hasType(DataNode value, std::string_view type)
    {
        switch (value.kind()) {
        case DataTree::Kind::Null:
            return type == "null";
        case DataTree::Kind::Bool:
            return type == "boolean";
        case DataTree::Kind::Number:
            return type == "number" || (type == "integer" && value.number() &&
                                        *value.number() == std::int64_t(*value.number()));
        case DataTree::Kind::String:
            return type == "string";
        case DataTree::Kind::Array:
            return type == "array";
        case DataTree::Kind::Object:
            break;
        }
        return type == "object";
    }

    DataNode m_schema;
};

// What the reader says that a schema can say too.
std::string schemaProblems(const Result<MapDocument>& document)
{
    static const std::set<std::string> codes = {
        "map.wrong-type",   "map.missing-key", "map.unknown-value", "map.empty-text",
        "map.out-of-range", "map.wrong-count", "map.misplaced-key"};
    if (!document)
        return toText(document.error());
    std::string text;
    for (const Problem& problem : document->problems()) {
        if (codes.count(problem.code) > 0)
            text += toText(problem) + "\n";
    }
    return text;
}

DataTree treeOf(const std::string& text)
{
    DataTree tree;
    Problems problems;
    if (const Result<> done = readJson(tree, text, "map.json", Budget(), problems); !done)
        qFatal("%s", done.error().message.c_str());
    return tree;
}

std::string schemaText()
{
    QFile file(QStringLiteral(PORTOLAN_SOURCE_DIR "/resources/schema/context-map.schema.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no schema");
    return file.readAll().toStdString();
}

std::string changed(const std::string& text, const JsonEdit& edit)
{
    return applied(text, Edit{"Change", edit.splices(), {}});
}

std::vector<std::string> mutations(const DataTree& tree, DataNode node)
{
    std::vector<std::string> texts;
    for (const std::string spelling :
         {"null", "1", "0", "-1.5", "\"\"", "\"word\"", "[]", "{}", "true"}) {
        JsonEdit edit(tree);
        edit.replace(node, JsonValue::scalar(spelling));
        texts.push_back(changed(tree.text(), edit));
    }
    if (node.parent()) {
        JsonEdit edit(tree);
        edit.remove(node);
        texts.push_back(changed(tree.text(), edit));
    }
    return texts;
}

}  // namespace

class MapSchemaTest : public QObject {
    Q_OBJECT

private slots:
    void namesTheReadersKeysInTheirOrder()
    {
        const DataTree schema = treeOf(schemaText());
        const std::pair<std::string, MapObject> objects[] = {
            {"domain", MapObject::Domain},
            {"team", MapObject::Team},
            {"context", MapObject::Context},
            {"term", MapObject::Term},
            {"ownership", MapObject::Ownership},
            {"product", MapObject::Product},
            {"port", MapObject::Port},
            {"reconciliation", MapObject::Reconciliation},
            {"relationship", MapObject::Relationship},
            {"route", MapObject::Route},
            {"translation", MapObject::Translation},
            {"identifier", MapObject::Identifier},
            {"crosswalk", MapObject::Crosswalk},
            {"migration", MapObject::Migration},
            {"identity", MapObject::Identity},
            {"acceptedDrift", MapObject::AcceptedDrift},
            {"decision", MapObject::Decision},
            {"view", MapObject::View}};
        QCOMPARE(keysIn(schema.root()["properties"]), keysIn(MapObject::Map));
        for (const auto& [name, kind] : objects)
            QCOMPARE(keysIn(schema.root()["$defs"][name]["properties"]), keysIn(kind));
        QCOMPARE(schema.root()["$defs"].size(), 18u);
    }

    void agreesWithTheReader_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* file : {"member-per-line", "odd-spacing", "other-scripts", "broken",
                                 "smallest", "insurer-example", "to-be"})
            QTest::newRow(file) << QStringLiteral("maps/%1.json").arg(QLatin1String(file));
    }

    void agreesWithTheReader()
    {
        QFETCH(QString, file);
        const DataTree schema = treeOf(schemaText());
        const DataTree tree = treeOf(tests::testData(file.toStdString()));
        const Validator validator(schema.root());
        QString disagreement = compared(validator, tree.text());
        for (std::uint32_t i = 0; i < tree.nodes().size() && disagreement.isEmpty(); ++i) {
            for (const std::string& text : mutations(tree, DataNode(&tree, i))) {
                if (disagreement.isEmpty())
                    disagreement = compared(validator, text);
            }
        }
        QCOMPARE(disagreement, QString());
    }

    void refusesWhatItShould()
    {
        const DataTree schema = treeOf(schemaText());
        const DataTree broken = treeOf(tests::testData("maps/broken.json"));
        const DataTree good = treeOf(tests::testData("maps/member-per-line.json"));
        QVERIFY(!Validator(schema.root()).accepts(broken.root()));
        QVERIFY(Validator(schema.root()).accepts(good.root()));
    }

private:
    static std::string keysIn(DataNode properties)
    {
        std::string keys;
        for (const DataNode property : properties)
            keys += std::string(property.key()) + " ";
        return keys;
    }

    static std::string keysIn(MapObject kind)
    {
        std::string keys;
        for (const std::string_view key : keysOf(kind))
            keys += std::string(key) + " ";
        return keys;
    }

    static QString compared(const Validator& validator, const std::string& text)
    {
        const DataTree tree = treeOf(text);
        const std::string said = schemaProblems(MapDocument::read(text, "map.json"));
        if (validator.accepts(tree.root()) == said.empty())
            return {};
        return QStringLiteral("The reader says: ") + QString::fromStdString(said) +
               QStringLiteral("\nThe schema says otherwise of ") + QString::fromStdString(text);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::MapSchemaTest)
#include "map_schema_test.moc"
