// SPDX-License-Identifier: Apache-2.0
#include "model/map/map_document.h"
#include "tests/support/text_output.h"

namespace portolan {

class MapDocumentTest : public QObject {
    Q_OBJECT

private slots:
    void readsAMap()
    {
        const Result<MapDocument> document =
            MapDocument::read(tests::testData("maps/insurer-example.json"), "insurer.json");
        QVERIFY(document.has_value());
        const ContextMap& map = document->map();
        QCOMPARE(map.contexts.size(), 6u);
        QCOMPARE(map.domain(DomainId("party-identity"))->parent, DomainId("party"));
        QCOMPARE(map.context(ContextId("party-management"))->terms.at(0).synonyms.at(0),
                 std::string("Customer"));
        QCOMPARE(tests::lines(document->problems()), std::string());
        QCOMPARE(map.placement.at(ContextId("party-management")), (Position{40, 120}));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::MapDocumentTest)
#include "map_document_test.moc"
