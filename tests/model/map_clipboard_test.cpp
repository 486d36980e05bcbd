// SPDX-License-Identifier: Apache-2.0
// Parts of maps as text: what is copied, what becomes of it in another map, and what is refused.
#include "model/map/edits.h"
#include "model/map/map_clipboard.h"
#include "tests/support/golden.h"
#include "tests/support/text_output.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <random>

namespace portolan {
namespace {

// Quotation marks are written as ' here.
std::string quoted(std::string text)
{
    for (char& c : text)
        c = c == '\'' ? '"' : c;
    return text;
}

MapDocument opened(const std::string& text)
{
    Result<MapDocument> document = MapDocument::read(text, "a.json");
    if (!document)
        qFatal("%s", document.error().message.c_str());
    return std::move(*document);
}

MapDocument insurer()
{
    QFile file(
        QStringLiteral(PORTOLAN_SOURCE_DIR "/resources/estates/insurer/insurer.portolan.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no insurer");
    return opened(file.readAll().toStdString());
}

std::string told(MapDocument& document, const Result<Pasted>& pasted)
{
    if (!pasted)
        return toText(pasted.error());
    const std::string before = document.text();
    const Result<Edit> inverse = document.apply(pasted->edit);
    if (!inverse)
        return toText(inverse.error());
    const std::string after = document.text();
    const std::string problems = tests::lines(document.problems());
    if (!document.apply(*inverse) || document.text() != before)
        return "undo gave other bytes";
    return pasted->edit.name + "\n" + problems + tests::lineDifference(before, after);
}

std::string refusal(const std::string& text)
{
    const MapDocument map = MapDocument::create("M");
    const Result<Pasted> pasted = pasteMapPart(map, text, {0, 0});
    return pasted ? "taken" : toText(pasted.error());
}

// The strings of a text, with their quotation marks.
std::vector<std::string> stringsOf(const std::string& text)
{
    std::vector<std::string> all = {"5", "null", "[]", "{}", "true", "1e400", "\"\\u0000\""};
    for (std::size_t at = text.find('"'); at != std::string::npos;) {
        const std::size_t end = text.find('"', at + 1);
        all.push_back(text.substr(at, end - at + 1));
        at = text.find('"', end + 1);
    }
    return all;
}

// One string becomes another value, or one byte another or none.
void mutate(std::string& part, const std::vector<std::string>& texts, std::mt19937& random)
{
    if (random() % 4 == 0) {
        const std::size_t at = random() % part.size();
        if (random() % 2)
            part.erase(at, 1);
        else
            part[at] = static_cast<char>(random() % 256);
        return;
    }
    const std::string& old = texts[random() % texts.size()];
    std::size_t at = part.find(old, random() % part.size());
    if (at != std::string::npos)
        part.replace(at, old.size(), texts[random() % texts.size()]);
}

const std::string smallPart = quoted(
    "{'portolanMapPart': 1, 'name': 'Other',\n"
    "'domains': [{'id': 'up', 'name': 'Up'}, {'id': 'd', 'name': 'Dee', 'parent': 'up'}, {'id': "
    "'e', 'name': 'Known'}],\n"
    "'teams': [{'id': 't', 'name': 'Tee'}],\n"
    "'contexts': [\n"
    "{'id': 'a', 'name': 'A', 'domain': 'd', 'team': 't', 'x': [1e2], 'owns': {'jobs': ['j', "
    "'k']}},\n"
    "{'id': 'b', 'name': 'B', 'domains': ['e', 'gone'], 'team': 'gone', 'owns': {'jobs': ['j']}}],\n"
    "'products': [{'id': 'p', 'name': 'P', 'context': 'a'}, {'id': 'o', 'name': 'O', 'context': "
    "'out'}],\n"
    "'relationships': [\n"
    "{'id': 'r', 'type': 'upstream-downstream', 'upstream': 'a', 'downstream': 'b', 'exposes': "
    "['p', 'o']},\n"
    "{'id': 's', 'type': 'partnership', 'between': ['a', 'b']},\n"
    "{'id': 'q', 'type': 'partnership', 'between': ['a', 'out']}],\n"
    "'routes': [{'id': 'x', 'from': ['o', 'p'], 'to': 'b', 'delivers': 'o'}, {'id': 'y', 'from': "
    "['o'], 'to': 'b'}],\n"
    "'placement': {'a': [8, 16]}}");

}  // namespace

class MapClipboardTest : public QObject {
    Q_OBJECT

private slots:
    void copiesWhatBelongsToTheContexts()
    {
        const MapDocument map = opened(tests::testData("maps/member-per-line.json"));
        const std::string text =
            copyMapPart(map, {ContextId("claims"), ContextId("party-management")});
        QVERIFY(looksLikeMapPart(text));
        const MapDocument part = opened(text);
        const auto ids = [](const auto& things) {
            std::string all;
            for (const auto& thing : things)
                all += thing.id.text + " ";
            return all;
        };
        QCOMPARE(ids(part.map().domains), std::string("party identity policy "));
        QCOMPARE(ids(part.map().teams), std::string("blue green "));
        QCOMPARE(ids(part.map().contexts), std::string("party-management claims "));
        QCOMPARE(ids(part.map().products), std::string("party-profile claimant-view "));
        QCOMPARE(ids(part.map().relationships), std::string("party-to-claims "));
        QCOMPARE(ids(part.map().routes), std::string());
        QCOMPARE(part.map().placement.size(), std::size_t(2));
        QCOMPARE(part.map().name, std::string("Harbour"));
        const MapDocument identity = opened(copyMapPart(map, {}, {DomainId("identity")}));
        QCOMPARE(ids(identity.map().domains), std::string("party identity "));
    }

    void pastesIntoAnotherMap()
    {
        MapDocument map = opened(quoted("{'portolan': 1,\n"
                                        "'domains': [\n"
                                        "{'id': 'other', 'name': 'Known'},\n"
                                        "{'id': 'd', 'name': 'Dee here'}\n"
                                        "],\n"
                                        "'contexts': [\n"
                                        "{'id': 'a', 'name': 'A', 'owns': {'jobs': ['j']}}\n"
                                        "]}"));
        const std::string all = told(map, pasteMapPart(map, smallPart, {8, -16}));
        QCOMPARE(all, tests::golden("map-clipboard-paste.txt", all));
    }

    void pastesIntoAnEmptyMapAndTwice()
    {
        MapDocument map = MapDocument::create("M");
        Result<Pasted> pasted = pasteMapPart(map, smallPart, {0, 0});
        QVERIFY(pasted);
        QVERIFY(map.apply(pasted->edit));
        QCOMPARE(tests::lines(map.problems()), std::string());
        QVERIFY((pasted->contexts == std::vector<ContextId>{ContextId("a"), ContextId("b")}));
        QVERIFY((pasted->domains ==
                 std::vector<DomainId>{DomainId("up"), DomainId("d"), DomainId("e")}));
        QCOMPARE(map.map().domain(DomainId("d"))->parent.text, std::string("up"));
        QCOMPARE(map.map().products.size(), std::size_t(1));
        QCOMPARE(map.map().relationships.size(), std::size_t(2));
        QVERIFY((map.map().relationship(RelationshipId("r"))->exposes ==
                 std::vector<ProductId>{ProductId("p")}));
        QCOMPARE(map.map().routes.size(), std::size_t(1));
        QVERIFY(map.map().routes.front().delivers.isEmpty());
        QVERIFY((map.map().placement.at(ContextId("a")) == Position{8, 16}));

        pasted = pasteMapPart(map, smallPart, {32, 32});
        QVERIFY(pasted);
        QVERIFY(map.apply(pasted->edit));
        QCOMPARE(tests::lines(map.problems()), std::string());
        QVERIFY(pasted->domains.empty());
        QCOMPARE(map.map().domains.size(), std::size_t(3));
        QCOMPARE(map.map().teams.size(), std::size_t(1));
        QCOMPARE(map.map().context(ContextId("b-2"))->name, std::string("B 2"));
        QVERIFY(map.map().context(ContextId("a-2"))->owns.jobs.empty());
        QCOMPARE(map.map().product(ProductId("p-2"))->owner.text, std::string("a-2"));
        QVERIFY((map.map().relationship(RelationshipId("r-2"))->exposes ==
                 std::vector<ProductId>{ProductId("p-2")}));
        QVERIFY((map.map().placement.at(ContextId("a-2")) == Position{40, 48}));
    }

    void duplicatesBesideTheOriginals()
    {
        MapDocument map = insurer();
        const std::string before = map.text();
        const Result<Pasted> pasted =
            duplicateContexts(map, {ContextId("party-management"), ContextId("claims")});
        QVERIFY(pasted);
        QCOMPARE(pasted->edit.name, std::string("Duplicate 2 contexts"));
        const Position original = map.map().placement.at(ContextId("claims"));
        const Result<Edit> inverse = map.apply(pasted->edit);
        QVERIFY(inverse);
        QCOMPARE(tests::lines(map.problems()), std::string());
        QCOMPARE(map.map().domains.size(), std::size_t(8));
        QCOMPARE(map.map().teams.size(), std::size_t(13));
        const BoundedContext* copy = map.map().context(ContextId("claims-2"));
        QVERIFY(copy);
        QCOMPARE(copy->name, std::string("Claims 2"));
        QCOMPARE(copy->terms.size(), map.map().context(ContextId("claims"))->terms.size());
        QVERIFY(copy->owns.datasets.empty());
        const Relationship* between = map.map().relationship(RelationshipId("party-to-claims-2"));
        QVERIFY(between);
        QCOMPARE(between->upstream.text, std::string("party-management-2"));
        QVERIFY((map.map().placement.at(ContextId("claims-2")) ==
                 Position{original.x + 32, original.y + 32}));
        QVERIFY(map.apply(*inverse));
        QVERIFY(map.text() == before);

        QCOMPARE(duplicateContexts(map, {ContextId("claims")})->edit.name,
                 std::string("Duplicate Claims"));
        QCOMPARE(toText(duplicateContexts(map, {ContextId("no")}).error()),
                 std::string("error: The map has no context \"no\". [edit.not-found]"));
        QCOMPARE(toText(duplicateContexts(map, {}).error()),
                 std::string("error: No context is chosen. [edit.precondition]"));
    }

    void everyMapCanBeDuplicatedWhole()
    {
        const QStringList files = QDir(QStringLiteral(PORTOLAN_TEST_DATA "/maps"))
                                      .entryList({QStringLiteral("*.json")}, QDir::Files);
        int made = 0;
        for (const QString& file : files) {
            MapDocument map = opened(tests::testData("maps/" + file.toStdString()));
            std::vector<ContextId> all;
            for (const BoundedContext& context : map.map().contexts)
                all.push_back(context.id);
            const std::size_t problems = map.problems().size();
            const std::string before = map.text();
            const Result<Pasted> pasted = duplicateContexts(map, all);
            if (!pasted) {
                // One that is empty, or whose contexts break the format.
                QVERIFY2(all.empty() || problems > 0, qPrintable(file));
                continue;
            }
            const Result<Edit> inverse = map.apply(pasted->edit);
            QVERIFY2(inverse, qPrintable(file));
            QCOMPARE(map.map().contexts.size(), 2 * all.size());
            QVERIFY2(map.problems().size() <= problems, qPrintable(file));
            QVERIFY(map.apply(*inverse));
            QVERIFY2(map.text() == before, qPrintable(file));
            ++made;
        }
        QVERIFY(made >= 12);
    }

    void refusesWhatIsNoPart()
    {
        const std::string none =
            "error: The clipboard holds no part of a context map. [clipboard.no-map-part]";
        QCOMPARE(refusal(""), none);
        QCOMPARE(refusal("portolanMapPart"), none);
        QCOMPARE(refusal(quoted("{'portolan': 1}")), none);
        QCOMPARE(refusal(quoted("{'portolanMapPart': true}")), none);
        QCOMPARE(refusal(quoted("{'portolanMapPart': 2}")),
                 std::string("error: The part of a map in the clipboard was made by a newer "
                             "Portolan. [clipboard.no-map-part]"));
        QCOMPARE(refusal(quoted("{'portolanMapPart': 1}")),
                 std::string("error: The part of a map in the clipboard is empty. "
                             "[clipboard.no-map-part]"));
        QVERIFY(refusal(quoted("{'portolanMapPart': 1, "))
                    .starts_with("error: The part of a map in the clipboard cannot be read: "));
        QVERIFY(refusal(quoted("{'portolanMapPart': 1, 'x': ") + std::string(100000, '['))
                    .starts_with("error: The part of a map in the clipboard cannot be read: "));
        QCOMPARE(refusal(quoted("{'portolanMapPart': 1, 'contexts': [{'id': 'a', 'name': 5}]}")),
                 std::string("error: The part of a map in the clipboard is broken: Context \"a\": "
                             "\"name\" is a number; expected a string. [clipboard.no-map-part]"));
        QCOMPARE(
            refusal(quoted("{'portolanMapPart': 1, 'x': '") + std::string(5 << 20, 'x') + "\"}"),
            std::string("error: The part of a map in the clipboard is larger than 4 MiB; copy "
                        "less at once. [clipboard.no-map-part]"));
    }

    // Whatever is taken leaves a map without errors, and undo restores it.
    void changedPartsAreTakenWholeOrRefused()
    {
        bool isGiven = false;
        unsigned seed =
            static_cast<unsigned>(qEnvironmentVariableIntValue("PORTOLAN_TEST_SEED", &isGiven));
        if (!isGiven)
            seed = std::random_device()();
        qInfo("seed %u (PORTOLAN_TEST_SEED)", seed);
        std::mt19937 random(seed);
        const std::vector<std::string> texts = stringsOf(smallPart);
        int taken = 0;
        for (int round = 0; round < 4000; ++round) {
            std::string part = smallPart;
            for (std::size_t change = 1 + random() % 3; change > 0; --change)
                mutate(part, texts, random);
            MapDocument map = opened(tests::testData("maps/member-per-line.json"));
            const std::string before = map.text();
            const Result<Pasted> pasted = pasteMapPart(map, part, {0, 0});
            if (!pasted)
                continue;
            ++taken;
            const Result<Edit> inverse = map.apply(pasted->edit);
            QVERIFY2(inverse, part.c_str());
            for (const Problem& problem : map.problems())
                QVERIFY2(problem.severity != Severity::Error,
                         (toText(problem) + "\n" + part).c_str());
            QVERIFY(map.apply(*inverse));
            QVERIFY(map.text() == before);
        }
        qInfo("%d of 4000 taken", taken);
        QVERIFY(taken > 400);
        QVERIFY(taken < 4000);
    }

    void manyThingsAlikeStayCheap()
    {
        const auto many = [](int count) {
            std::string part = "{\"portolanMapPart\": 1, \"contexts\": [";
            for (int i = 0; i < count; ++i)
                part +=
                    (i ? ",{\"id\":\"" : "{\"id\":\"") + std::to_string(i) + "\",\"name\":\"N\"}";
            return part + "]}";
        };
        QCOMPARE(
            refusal(many(20001)),
            std::string("error: The part of a map in the clipboard has 20001 things, more than "
                        "20000; copy less at once. [clipboard.no-map-part]"));
        MapDocument map = MapDocument::create("M");
        const std::string part = many(20000);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 2; ++i) {
            const Result<Pasted> pasted = pasteMapPart(map, part, {0, 0});
            QVERIFY(pasted);
            QVERIFY(map.apply(pasted->edit));
        }
        qInfo("two pastes of 20000 contexts: %lld ms", timer.elapsed());
        QCOMPARE(map.map().contexts.size(), std::size_t(40000));
        QCOMPARE(map.map().contexts.back().name, std::string("N 40000"));
        QVERIFY(timer.elapsed() < 20000);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::MapClipboardTest)
#include "map_clipboard_test.moc"
