// SPDX-License-Identifier: Apache-2.0
// EventCatalog over a whole example folder. The numbers are an independent reader's (figures.json): 13 services in 7 systems, 3 domains, 21
// events in 23 files, 7 commands, 3 queries, 5 channels, 4 containers, 12 entities, 20 terms, 8 teams; 24 sends, 18 receives, 42 exact pins.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>

namespace portolan {

class EventCatalogImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsTheExampleFolder()
    {
        Progress progress;
        const Result<ImportReport> report =
            importPaths({std::string(PORTOLAN_TEST_DATA) + "/eventcatalog"}, {}, progress);
        QVERIFY(report);
        const Estate& e = *report->estate;
        const auto typed = [&](const char* type) {
            return std::count_if(e.contexts.begin(), e.contexts.end(),
                                 [&](const ObservedContext& one) { return one.type == type; });
        };
        QCOMPARE(typed("service"), 13);
        QCOMPARE(typed("system"), 7);
        QCOMPARE(e.domains.size(), 3U);
        QCOMPARE(e.teams.size(), 8U);
        QCOMPARE(e.terms.size(), 12U + 20U);
        const auto isPage = [&](const Evidence& evidence) {
            return e.sources[evidence.source.value].format == "eventcatalog";
        };
        const auto named = [&](const char* name) {
            std::int64_t times = 0;
            for (const ObservedRoute& route : e.routes)
                times += route.name == name && isPage(route.evidence) ? route.evidence.times : 0;
            return times;
        };
        QCOMPARE(named("sends"), 24);
        QCOMPARE(named("receives"), 18);
        std::size_t events = 0;
        std::size_t calls = 0;
        for (const Contract& contract : e.contracts) {
            const Source& source = e.sources[contract.evidence.source.value];
            if (source.format != "eventcatalog")
                continue;
            events += source.path.find("/events/") != std::string::npos ? 1 : 0;
            calls += source.path.find("/events/") == std::string::npos ? 1 : 0;
        }
        QCOMPARE(events, 23U);
        QCOMPARE(calls, 7U + 3U);
        QVERIFY(std::all_of(e.adoptions.begin(), e.adoptions.end(), [](const Adoption& one) {
            return one.by != "pointer" || one.resolved == one.version;
        }));
    }

    void keepsAPointerAsItIsWritten()
    {
        const ImportedText imported = importText(
            "services/Shop/index.mdx",
            "---\nid: shop\nversion: 1.0\nname: Shop\nowners: [{id: ann}]\nreceives:\n  - {id: a}\n  - {id: "
            "b, version: ^1.0.0, fields: [x.y]}\n  - {id: c, version: 2.1.0}\n  - {version: 1}\nwritesTo: "
            "[{id: db}]\nreadsFrom: [{id: db}, {id: other}]\nx-more: 1\n---\n# Shop <script>\n");
        const Estate& e = *imported.estate;
        std::string text;
        for (const Adoption& one : e.adoptions)
            text += one.thing + " " + one.version + " > " + one.resolved + "; ";
        QCOMPARE(text, std::string("a latest > ; b ^1.0.0 > ; c 2.1.0 > 2.1.0; "));
        QCOMPARE(e.contexts[0].owner, std::string("ann"));
        QCOMPARE(e.lineageEdges.size(), 1U);
        QCOMPARE(leftOutText(e), std::string("services.x-more: not kept\n"));
        QCOMPARE(imported.problemsText(),
                 std::string(
                     "services/Shop/index.mdx:2: warning: A message pointer has no id (required). "
                     "Pointer skipped. [eventcatalog.pointer-without-id]\n"));
    }

    void leavesOtherPagesAlone()
    {
        QCOMPARE(importText("docs/readme.md", "---\nid: a\n---\n").format, std::string());
        QCOMPARE(importText("services/A/readme.md", "# Services\n").format, std::string());
    }

    void survivesWrongTypesEverywhere()
    {
        for (const char* text :
             {"---\nid: [a]\n---\n",
              "---\nid: a\nsends: {a: 1}\nreceives: [1, [2]]\nowners: 5\n---\n",
              "---\nid: a\nspecifications: [1]\nwritesTo: [[]]\n---\n", "---\nid: {\n---\n"})
            QVERIFY2(!importText("services/a/index.md", text).format.empty(), text);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::EventCatalogImporterTest)
#include "eventcatalog_importer_test.moc"
