// SPDX-License-Identifier: Apache-2.0
// Backstage entities over the whole example folder. The counts are an independent reader's (figures.json): 3 APIs, 7 components, 3 domains, 2
// groups, 1 location, 1 resource, 2 systems, 5 users.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

class BackstageImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsTheExampleFolder()
    {
        Progress progress;
        const Result<ImportReport> report =
            importPaths({std::string(PORTOLAN_TEST_DATA) + "/backstage"}, {}, progress);
        QVERIFY(report);
        const Estate& estate = *report->estate;
        std::size_t components = 0;
        std::size_t owned = 0;
        for (const ObservedContext& one : estate.contexts) {
            components += one.type == "service" && one.id != "invalid component" ? 1 : 0;
            owned += one.type == "service" && !one.parent.empty() ? 1 : 0;
        }
        QCOMPARE(components, 7U);
        QCOMPARE(estate.contexts.size(),
                 7U + 2U + 1U);  // and two systems, and the one with a bad name
        QCOMPARE(owned, 4U);     // spec.system
        QCOMPARE(estate.products.size(), 3U);
        QCOMPARE(estate.domains.size(), 3U);
        QCOMPARE(estate.datasets.size(), 1U);
        std::size_t memberships = 0;
        for (const ObservedTeam& team : estate.teams)
            memberships += team.members.size();
        QCOMPARE(memberships, 5U);
        QCOMPARE(estate.adoptions.size(), 2U);  // of three consumesApis one names a component
    }

    void resolvesReferencesInTheEntitysNamespace()
    {
        const ImportedText imported = importText(
            "catalog-info.yaml",
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a, namespace: Shop}\n"
            "spec: {owner: team, system: default/s, providesApis: [x, other/y], dependsOn: "
            "['resource:db', 'API:Default/z']}\n");
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.contexts[0].id, std::string("shop/a"));
        QCOMPARE(estate.contexts[0].owner, std::string("shop/team"));
        QCOMPARE(estate.contexts[0].parent, std::string("s"));
        QCOMPARE(estate.routes[0].product, std::string("shop/x"));
        QCOMPARE(estate.routes[1].product, std::string("other/y"));
        QCOMPARE(estate.relationships[0].upstream, std::string("shop/db"));
        QCOMPARE(estate.relationships[1].upstream, std::string("z"));
    }

    void readsAnOpenApiInsideTheEntity()
    {
        const ImportedText imported = importText(
            "a.yaml",
            "apiVersion: backstage.io/v1beta1\nkind: API\nmetadata: {name: orders}\nspec:\n  type: "
            "openapi\n  definition: |\n    openapi: 3.0.0\n    info: {version: '2.1'}\n    paths: "
            "{/o: {get: {responses: {}}}}\n    components: {schemas: {O: {properties: {id: {}}}}}\n");
        QCOMPARE(countsText(*imported.estate),
                 std::string("contracts 1, fields 1, objects 1, operations 1, products 1"));
        QCOMPARE(imported.estate->contracts[0].version, std::string("2.1"));
    }

    void readsEachDocumentOfAFile()
    {
        const ImportedText imported = importText(
            "a.yaml",
            "apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: {name: a}\n---\n"
            "apiVersion: backstage.io/v1alpha1\nkind: Robot\nmetadata: {name: b}\n---\n"
            "apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: {name: c}\n---\n"
            "apiVersion: backstage.io/v1alpha1\nkind: System\n");
        QCOMPARE(countsText(*imported.estate), std::string("domains 1"));
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("Robot: entities of this kind are not kept\nTemplate: a template for "
                             "entities\n"));
        QCOMPARE(
            imported.problemsText(),
            std::string("a.yaml:13:1: error: The entity has no metadata.name (required). Entity "
                        "skipped. [backstage.no-name]\n"));
    }

    void survivesWrongTypesEverywhere()
    {
        for (
            const char* text :
            {"apiVersion: backstage.io/v1\nkind: Component\nmetadata: {name: a, tags: 5, links: [1]}\n"
             "spec: [1]\n",
             "apiVersion: backstage.io/v1\nkind: API\nmetadata: {name: a}\nspec: {type: openapi, "
             "definition: '{'}\n",
             "apiVersion: backstage.io/v1\nkind: Group\nmetadata: {name: [a]}\nspec: {members: {a: 1}, "
             "children: [[]]}\n"})
            QVERIFY2(!importText("a.yaml", text).format.empty(), text);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::BackstageImporterTest)
#include "backstage_importer_test.moc"
