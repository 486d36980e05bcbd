// SPDX-License-Identifier: Apache-2.0
// Structurizr workspaces. The files of tests/data/structurizr are made; what they come to was counted by a script of its own (Python's json)
// from ids and relationships, not by what the importer says.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>

namespace portolan {

namespace {

// "Shop/Web in Shop, application, owner team, domain d, external", a line each.
std::string contextsText(const Estate& estate)
{
    std::string text;
    for (const ObservedContext& one : estate.contexts) {
        text += one.id + ": " + one.type;
        text += one.parent.empty() ? "" : ", in " + one.parent;
        text += one.owner.empty() ? "" : ", owner " + one.owner;
        text += one.domain.empty() ? "" : ", domain " + one.domain;
        text += one.isExternal ? ", external\n" : "\n";
    }
    return text;
}

std::string relationshipsText(const Estate& estate)
{
    std::string text;
    for (const ObservedRelationship& one : estate.relationships)
        text += one.upstream + " <- " + one.downstream + ": " + one.name +
                (one.description.empty() ? "" : " [" + one.description + "]") + "\n";
    return text;
}

std::string claimsText(const Estate& estate)
{
    std::string text;
    for (const Claim& one : estate.claims)
        text += one.subject + " " + one.property + " = " + one.value + "\n";
    return text;
}

ImportedText model(const std::string& members)
{
    return importText("workspace.json", "{\"name\": \"w\", \"model\": {" + members + "}}");
}

}  // namespace

class StructurizrImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsAWorkspace()
    {
        const ImportedText imported = importData("structurizr/library.json");
        QCOMPARE(imported.format, std::string("structurizr"));
        QCOMPARE(contextsText(*imported.estate),
                 std::string("Lending: system, owner Lending Team, domain Circulation\n"
                             "Lending/Web App: application, in Lending\n"
                             "Lending/Loan API: application, in Lending\n"
                             "Lending/Loan API/Loan Register: component, in Lending/Loan API\n"
                             "Lending/Loan API/Fines: component, in Lending/Loan API, owner "
                             "Money Team\n"
                             "Lending/Loan Database: application, in Lending\n"
                             "Catalogue: system, owner Metadata\n"
                             "Catalogue/Search Index: application, in Catalogue\n"
                             "Mail Gateway: system, external\n"
                             "Town Post: system, external\n"));
        QCOMPARE(imported.estate->consumers.size(), 2U);
        QCOMPARE(imported.estate->consumers[0].owner, std::string("desk"));
        QCOMPARE(imported.estate->consumers[0].type, std::string("person"));
        QCOMPARE(imported.problemsText(), std::string());
    }

    void putsWhoIsUsedUpstream()
    {
        const ImportedText imported = importData("structurizr/library.json");
        QCOMPARE(
            relationshipsText(*imported.estate),
            std::string(
                "Catalogue/Search Index <- Lending: Finds titles with [technology: JSON/HTTPS]\n"
                "Catalogue <- Lending: Finds titles with [technology: JSON/HTTPS]\n"
                "Mail Gateway <- Lending: Sends bills with [technology: SMTP]\n"
                "Lending/Loan API <- Lending/Web App: Calls [technology: JSON/HTTPS]\n"
                "Catalogue/Search Index <- Lending/Loan API: Finds titles with [technology: JSON/HTTPS]\n"
                "Catalogue <- Lending/Loan API: Finds titles with [technology: JSON/HTTPS]\n"
                "Lending/Loan Database <- Lending/Loan API: Writes loans to [technology: SQL]\n"
                "Lending/Loan Database <- Lending/Loan API/Loan Register: Writes loans to [technology: SQL]\n"
                "Lending/Loan API/Loan Register <- Lending/Loan API/Fines: Reads\n"
                "Mail Gateway <- Lending/Loan API/Fines: Sends bills with [technology: SMTP; asynchronous]\n"
                "Town Post <- Mail Gateway: Prints at\n"));
    }

    void tellsWhatReachesPeople()
    {
        const ImportedText imported = importData("structurizr/library.json");
        std::string routes;
        for (const ObservedRoute& one : imported.estate->routes)
            routes += one.from + " -> " + one.to + ": " + one.name + "\n";
        QCOMPARE(routes, std::string("Lending/Web App -> Visitor: Looks for books in\n"
                                     "Lending -> Librarian: Lends books with\n"
                                     "Lending -> Visitor: Reminds\n"));
    }

    void keepsWhatElseIsSaid()
    {
        const ImportedText imported = importData("structurizr/library.json");
        QCOMPARE(claimsText(*imported.estate),
                 std::string("Lending criticality = high\n"
                             "Lending group = Library/Front\n"
                             "Lending link = https://library.example/lending\n"
                             "Lending/Web App technology = TypeScript\n"
                             "Lending/Loan API group = Core\n"
                             "Lending/Loan API technology = Java\n"
                             "Lending/Loan API/Loan Register technology = Spring Bean\n"
                             "Lending/Loan API/Fines technology = Spring Bean\n"
                             "Lending/Loan Database technology = PostgreSQL\n"
                             "Lending/Loan Database tag = Database\n"
                             "Catalogue group = Library/Back\n"
                             "Mail Gateway tag = External\n"));
    }

    void namesWhatIsLeftOut()
    {
        QCOMPARE(leftOutText(*importData("structurizr/library.json").estate),
                 std::string("person.properties.structurizr.dsl.identifier (2): not kept\n"
                             "person.description: not kept\n"
                             "person.group: not kept\n"
                             "person.tags Staff: not kept\n"
                             "system.properties.structurizr.dsl.identifier (4): not kept\n"
                             "application.properties.structurizr.dsl.identifier (4): not kept\n"
                             "component.properties.structurizr.dsl.identifier (2): not kept\n"
                             "custom element: not kept, with all that it holds\n"
                             "deployment node: not kept, with all that it holds\n"
                             "relationship between people: not kept\n"
                             "relationship with a custom element (2): not kept\n"
                             "relationship.properties: not kept\n"
                             "relationship.tags Night: not kept\n"
                             "workspace.properties: not kept\n"
                             "workspace.configuration: not kept\n"
                             "workspace.documentation: not kept\n"
                             "workspace.views: not kept\n"
                             "model.enterprise: not kept\n"
                             "model.properties: not kept\n"));
    }

    void readsALandscapeOfAnOlderTool()
    {
        const ImportedText imported = importData("structurizr/harbour-landscape.json");
        QCOMPARE(contextsText(*imported.estate),
                 std::string("Berths: system\nTariffs: system\nInvoicing: system\nWeather Service: "
                             "system, external\nCustoms: system, external\n"));
        QCOMPARE(countsText(*imported.estate),
                 std::string("consumers 1, contexts 5, relationships 5, routes 1"));
    }

    void tellsWhichElementsCannotBeRead()
    {
        const ImportedText imported = model(
            "\"people\": [{\"id\": 1}],\n\"softwareSystems\": [{\"id\": \"2\", \"name\": \"A\"},\n"
            "{\"id\": \"3\", \"name\": \"a\"},\n{\"id\": \"2\", \"name\": \"B\"},\n{\"name\": "
            "\"C\"}]");
        QCOMPARE(imported.problemsText(),
                 std::string(
                     "workspace.json:1:36: error: A person has no name (required). It is skipped "
                     "with all that it holds. [structurizr.no-name]\n"
                     "workspace.json:3:21: warning: There is another \"a\" (expected names that "
                     "differ). Loaded under its name and id. [structurizr.same-name]\n"
                     "workspace.json:4:8: warning: \"B\" has the id \"2\" of another element "
                     "(expected one that no other has). Relationships lead to the first. "
                     "[structurizr.same-id]\n"
                     "workspace.json:5:1: warning: \"C\" has no id (required). Loaded; no "
                     "relationship can lead to it. [structurizr.no-id]\n"));
        QCOMPARE(contextsText(*imported.estate),
                 std::string("A: system\na (3): system\nB: system\nC: system\n"));
    }

    void listsRelationshipsThatLeadNowhere()
    {
        const ImportedText imported = model(
            "\"softwareSystems\": [{\"id\": \"2\", \"name\": \"A\", \"relationships\": [{\"sourceId\": "
            "\"2\", \"destinationId\": \"9\"}, {\"sourceId\": \"8\", \"destinationId\": \"2\"}, {}, "
            "{\"destinationId\": \"3\"}]}, {\"id\": \"3\", \"name\": \"B\"}]");
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("? 9: no element of the workspace has this id\n? 8: no element of the "
                             "workspace has this id\n? destinationId: no element of the workspace "
                             "has this id\n"));
        QCOMPARE(relationshipsText(*imported.estate), std::string("B <- A: \n"));
        QCOMPARE(imported.problems.size(), 1U);
        QVERIFY(imported.problems[0].find("begins at id \"8\" (expected the same)") !=
                std::string::npos);
    }

    void refusesAnEncryptedWorkspace()
    {
        const ImportedText imported =
            importText("workspace.json",
                       "{\"id\": 1, \"ciphertext\": \"abc\", \"encryptionStrategy\": {\"type\": "
                       "\"aes\"}}");
        QCOMPARE(imported.problemsText(),
                 std::string("workspace.json:1:25: error: The workspace is encrypted (expected one "
                             "in plain text). Nothing is read of it. [structurizr.encrypted]\n"));
    }

    void doesNotClaimOthersFiles()
    {
        for (const char* text :
             {"{\"model\": \"gpt\", \"views\": 3}", "{\"people\": [], \"softwareSystems\": []}",
              "{\"model\": {\"entities\": []}}", "[{\"model\": {\"people\": []}}]", "{}",
              "{\"openapi\": \"3.0.0\", \"info\": {\"title\": \"a\"}, \"paths\": {}}"})
            QVERIFY2(importText("workspace.json", text).format != "structurizr", text);
    }

    void survivesWrongTypesEverywhere()
    {
        for (const char* members :
             {"\"softwareSystems\": [1, null, [], {\"name\": {}}, {\"name\": \"a\", \"id\": {}, "
              "\"containers\": 5, \"relationships\": {\"a\": 1}, \"tags\": [], \"properties\": "
              "\"p\", \"group\": {}}]",
              "\"people\": [{\"name\": \"p\", \"id\": [], \"relationships\": [1, \"x\", "
              "{\"sourceId\": {}, \"destinationId\": []}]}], \"softwareSystems\": {}",
              "\"people\": [], \"customElements\": 7, \"deploymentNodes\": [3]"})
            QCOMPARE(model(members).format, std::string("structurizr"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::StructurizrImporterTest)
#include "structurizr_importer_test.moc"
