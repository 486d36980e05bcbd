// SPDX-License-Identifier: Apache-2.0
// What the palette finds for what was typed, and in which order.
#include "model/workspace/search.h"

#include "model/estate/entity_keys.h"
#include "model/estate/estate_builder.h"
#include "model/map/map_document.h"
#include "model/workspace/name_index.h"
#include "model/workspace/workspace.h"

#include "tests/support/text_output.h"

namespace portolan {

namespace {

// One hit a line: "kind name".
std::string found(const Estate& estate, const ContextMap* map, std::string_view words,
                  int limit = 50)
{
    std::string text;
    for (const SearchHit& hit : searchEstate(estate, map, words, limit))
        text += std::string(toString(hit.entity.kind)) + " " + hit.name + "\n";
    return text;
}

std::string found(const std::vector<std::string>& columns, std::string_view words)
{
    EstateBuilder builder;
    const DatasetIndex dataset = builder.dataset("postgres", "db", "t", {});
    for (const std::string& name : columns)
        builder.column(dataset, name, "", {});
    std::string text;
    for (const SearchHit& hit : searchEstate(builder.take(), nullptr, words)) {
        if (hit.entity.kind == EntityKind::Column)
            text += (text.empty() ? "" : ", ") + hit.name;
    }
    return text;
}

const char* insurer = R"({"portolan": 1, "name": "Insurer",
    "domains": [{"id": "claims-domain", "name": "Claims"}],
    "teams": [{"id": "t1", "name": "Claims team"}],
    "contexts": [
        {"id": "claims", "name": "Claims", "domain": "claims-domain",
         "terms": [{"name": "Claim", "definition": "x"}]},
        {"id": "party", "name": "Party Management"}],
    "products": [{"id": "party-profile", "name": "PartyProfile", "context": "party"}],
    "relationships": [{"id": "p-c", "upstream": "party", "downstream": "claims",
                       "type": "customer-supplier"}]})";

}  // namespace

class SearchTest : public QObject {
    Q_OBJECT

private slots:
    void closerNamesComeFirst()
    {
        QCOMPARE(found({"disorder", "old_order", "o_r_d_e_r", "order", "orders", "xyz"}, "order"),
                 "order, orders, old_order, disorder, o_r_d_e_r");
    }

    void caseAndAccentsDoNotMatter()
    {
        QCOMPARE(found({"STRASSE",
                        "Stra\xC3\x9F"
                        "e",
                        "caf\xC3\xA9"},
                       "strasse"),
                 "STRASSE, Stra\xC3\x9F"
                 "e");
        QCOMPARE(found({"caf\xC3\xA9"}, "CAFE"), "caf\xC3\xA9");
        QCOMPARE(found({"cafe"}, "CAF\xC3\x89"), "cafe");
    }

    void wordsBeginInsideCamelCase()
    {
        QCOMPARE(found({"uprofiled", "PartyProfile"}, "profile"), "PartyProfile, uprofiled");
    }

    void everyWordMustBeFoundInAnyOrder()
    {
        QCOMPARE(found({"order_line_id", "order_id", "line"}, "line order"), "order_line_id");
        QCOMPARE(found({"order_line_id"}, "order nothing"), "");
    }

    void aWordMayNameThePlace() { QCOMPARE(found({"id", "name"}, "id postgres"), "id"); }

    void lettersInOrderCountFromTheBeginningOfAWord()
    {
        QCOMPARE(found({"customer_order_id"}, "coid"), "customer_order_id");
        QCOMPARE(found({"xcoid_no", "acoxid"}, "cod"), "");
    }

    void nothingTypedFindsNothing()
    {
        QCOMPARE(found({"a"}, ""), "");
        QCOMPARE(found({"a"}, "  \t"), "");
    }

    void contextsComeBeforeTheRestOfTheSameCloseness()
    {
        const MapDocument document = *MapDocument::read(insurer, "map.json");
        QCOMPARE(found(Estate(), &document.map(), "claims"),
                 "context Claims\ndomain Claims\nteam Claims team\n"
                 "relationship Party Management / Claims\nterm Claim\n");
        QCOMPARE(found(Estate(), &document.map(), "claim"),
                 "term Claim\ncontext Claims\ndomain Claims\nteam Claims team\n"
                 "relationship Party Management / Claims\n");
        QCOMPARE(found(Estate(), &document.map(), "profile party"), "product PartyProfile\n");
    }

    void aHitSaysWhereItBelongs()
    {
        const MapDocument document = *MapDocument::read(insurer, "map.json");
        const std::vector<SearchHit> hits = searchEstate(Estate(), &document.map(), "claim");
        QCOMPARE(hits.at(0).entity.id, "claims/Claim");
        QCOMPARE(hits.at(0).path, "Claims");
        QCOMPARE(hits.at(1).entity.id, "claims");
        QCOMPARE(hits.at(1).path, "Claims");
    }

    void theLimitKeepsTheBest()
    {
        EstateBuilder builder;
        const DatasetIndex dataset = builder.dataset("postgres", "db", "t", {});
        for (int i = 0; i < 5000; ++i)
            builder.column(dataset, "my_order_" + std::to_string(i), "", {});
        builder.column(dataset, "order", "", {});
        QCOMPARE(found(builder.take(), nullptr, "order", 2), "column order\ncolumn my_order_0\n");
    }

    void keysLeadBackToTheThing()
    {
        EstateBuilder builder;
        const DatasetIndex dataset = builder.dataset("postgres", "db", "a#b", {});
        const ColumnIndex column = builder.column(dataset, "c#d", "", {});
        Contract contract;
        contract.id = "urn:a/b#c";
        contract.version = "1";
        const ContractIndex made = builder.contract(contract).contract;
        SchemaObject object;
        object.contract = made;
        object.name = "x/y#z";
        const SchemaObjectIndex objectIndex = builder.object(object);
        Field field;
        field.object = objectIndex;
        field.path = "f#/g";
        const FieldIndex fieldIndex = builder.field(field);
        const Estate estate = builder.take();
        QCOMPARE(columnKey(estate, column), "postgres://db/a#b#c#d");
        QVERIFY(columnByKey(estate, columnKey(estate, column)) == column);
        QCOMPARE(fieldKey(estate, fieldIndex), "urn:a/b#c@1/x/y#z#f#/g");
        QVERIFY(fieldByKey(estate, fieldKey(estate, fieldIndex)) == fieldIndex);
        QVERIFY(objectByKey(estate, objectKey(estate, objectIndex)) == objectIndex);
        QVERIFY(!columnByKey(estate, "postgres://db/a#b#none").isValid());
        QVERIFY(!fieldByKey(estate, "").isValid());
    }

    void theIndexOfNamesRanksAsReadingEveryNameDoes()
    {
        EstateBuilder builder;
        const Evidence evidence;
        for (int i = 0; i < 300; ++i) {
            const std::string path =
                "db.Party" + std::to_string(i % 7) + ".orderLines_" + std::to_string(i);
            const DatasetIndex dataset = builder.dataset("postgres", "h", path, evidence);
            for (const char* name : {"customer_id", "PartyName",
                                     "stra\xC3\x9F"
                                     "e",
                                     "x"})
                builder.column(dataset, name + std::to_string(i % 11), "text", evidence);
            builder.job("etl", "load_" + std::to_string(i), evidence);
        }
        const EstatePtr estate = std::make_shared<const Estate>(builder.take());
        const NameIndex names(estate);
        for (const char* words :
             {"p", "party", "name", "ol", "orderlines_7", "party7 name", "strasse", "load 12",
              "cid", "postgres", "nothing", "h x", "PN1", ""}) {
            std::vector<double> expected;
            for (const SearchHit& hit : searchEstate(*estate, nullptr, words, 25))
                expected.push_back(hit.score);
            std::vector<double> scores;
            for (const SearchHit& hit : names.search(nullptr, words, 25))
                scores.push_back(hit.score);
            QVERIFY2(scores == expected, words);
        }
        QCOMPARE(names.search(nullptr, "orderlines_7", 1).front().entity.id,
                 "postgres://h/db.Party0.orderLines_7");
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SearchTest)
#include "search_test.moc"
