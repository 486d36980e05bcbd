// SPDX-License-Identifier: Apache-2.0
#include "model/map/placement_notes.h"

#include "model/map/edits.h"
#include "model/map/map_document.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {
namespace {

MapDocument document(const std::string& members)
{
    Result<MapDocument> read = MapDocument::read("{\"portolan\": 1, " + members + "}\n", "m.json");
    if (!read)
        qFatal("%s", toText(read.error()).c_str());
    return std::move(*read);
}

const std::string contexts =
    "\"contexts\": [{\"id\": \"claims\", \"name\": \"Claims\"}, {\"id\": \"parties\", \"name\": "
    "\"Party Management\"}, {\"id\": \"billing\", \"name\": \"Billing\"}, {\"id\": \"fraud\", "
    "\"name\": \"Fraud\"}]";

std::string notesOf(const std::string& placement)
{
    const PlacementNotes notes =
        placementNotes(document(contexts + ", \"placement\": {" + placement + "}").map());
    std::string text;
    for (const ContextId& id : notes.added)
        text += "+" + id.text + " ";
    for (const auto& [before, after] : notes.renamed)
        text += before.text + ">" + after.text + " ";
    for (const ContextId& id : notes.gone)
        text += "-" + id.text + " ";
    return text;
}

}  // namespace

class PlacementNotesTest : public QObject {
    Q_OBJECT

private slots:
    void tellsWhatCameAfterThePlacement()
    {
        QCOMPARE(notesOf("\"claims\": [0, 0], \"parties\": [8, 0], \"billing\": [16, 0]"),
                 std::string("+fraud "));
    }

    void recognisesWhatWasRenamed()
    {
        QCOMPARE(notesOf("\"claims\": [0, 0], \"party-management\": [8, 0], \"biling\": [16, 0], "
                         "\"crm\": [0, 8]"),
                 std::string("+fraud party-management>parties biling>billing -crm "));
    }

    void isSilentWhereNobodyHasArrangedTheMap()
    {
        QCOMPARE(notesOf(""), std::string());
        QCOMPARE(notesOf("\"claims\": [0, 0]"), std::string());
        QCOMPARE(notesOf("\"claims\": [0, 0], \"parties\": [8, 0], \"billing\": [16, 0], "
                         "\"fraud\": [0, 8]"),
                 std::string());
    }

    void locksAndUnlocks()
    {
        MapDocument map = document(contexts + ", \"placement\": {\"claims\": [0, 0]}");
        const std::string before = map.text();
        QVERIFY(!map.map().isPlacementLocked);
        const Result<Edit> lock = lockPlacement(map, true);
        QCOMPARE(lock->name, std::string("Lock the placement"));
        const Result<Edit> inverse = map.apply(*lock);
        QVERIFY(map.map().isPlacementLocked);
        QVERIFY(map.problems().empty());
        QVERIFY(lockPlacement(map, true)->changesNothing());
        const Result<Edit> unlock = lockPlacement(map, false);
        QCOMPARE(unlock->name, std::string("Unlock the placement"));
        QCOMPARE(applied(map.text(), *unlock), before);
        QVERIFY(map.apply(*inverse).has_value());
        QCOMPARE(map.text(), before);
        QVERIFY(lockPlacement(map, false)->changesNothing());
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::PlacementNotesTest)
#include "placement_notes_test.moc"
