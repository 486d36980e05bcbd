// SPDX-License-Identifier: Apache-2.0
// Long chains of random edits on maps written in many ways: every text on the way reads, undo restores the bytes, redo repeats them.
// PORTOLAN_TEST_SEED=n repeats a run.
#include "model/map/edits.h"
#include "tests/support/text_output.h"

#include <QDir>

#include <functional>
#include <random>

namespace portolan {
namespace {

class RandomEdits {
public:
    explicit RandomEdits(unsigned seed) : m_random(seed) {}

    Result<Edit> next(const MapDocument& document)
    {
        const ContextMap& map = document.map();
        switch (below(24)) {
        case 0:
            return edit(addDomain(document, name()));
        case 1:
            return edit(addTeam(document, name()));
        case 2:
            return edit(addContext(document, name(), anyId(map.domains),
                                   below(2) ? std::optional(position()) : std::nullopt));
        case 3:
            return addTerm(document, anyId(map.contexts), name(), name());
        case 4:
            return edit(addProduct(document, anyId(map.contexts), name(),
                                   static_cast<MapProductKind>(below(4))));
        case 5:
            return renameDomain(document, anyId(map.domains), name());
        case 6:
            return renameContext(document, anyId(map.contexts), name());
        case 7:
            return renameProduct(document, anyId(map.products), name());
        case 8:
            return renameTeam(document, anyId(map.teams), name());
        case 9:
            return below(4) ? renameTerm(document, anyId(map.contexts), term(map), name())
                            : removeTerm(document, anyId(map.contexts), term(map));
        case 10:
            return below(3) ? tl::unexpected(Problem{})
                            : removeDomain(document, anyId(map.domains));
        case 11:
            return below(3) ? tl::unexpected(Problem{}) : removeTeam(document, anyId(map.teams));
        case 12:
            return below(3) ? tl::unexpected(Problem{})
                            : removeContexts(document, {anyId(map.contexts), anyId(map.contexts)});
        case 13:
            return removeProduct(document, anyId(map.products));
        case 14:
            return removeRelationship(document, anyId(map.relationships));
        case 15:
        case 16:
            return edit(addRelationship(document, relationship(map)));
        case 17:
            return changeRelationship(document, anyId(map.relationships), relationship(map));
        case 18:
            return below(2) ? setContextDomain(document, anyId(map.contexts), anyId(map.domains))
                            : setContextTeam(document, anyId(map.contexts), anyId(map.teams));
        case 19:
            return below(2) ? setContextFlags(document, anyId(map.contexts), below(2), below(2))
                            : setContextOwnership(document, anyId(map.contexts),
                                                  {patterns(), patterns(), patterns()});
        case 20:
            return setDomainKind(document, anyId(map.domains),
                                 below(2) ? std::optional(Subdomain::Generic) : std::nullopt);
        case 21:
            return below(2) ? setTermDefinition(document, anyId(map.contexts), term(map), name())
                            : setProductAnswer(document, anyId(map.products), below(8),
                                               below(3) ? name() : std::string());
        case 22:
            return map.contexts.empty()
                       ? tl::unexpected(Problem{})
                       : setText(document, map.contexts[below(map.contexts.size())].where,
                                 below(2) ? "purpose" : "x-note", below(3) ? name() : "", "Note");
        default:
            break;
        }
        if (below(4) == 0)
            return unplaceContexts(document, {anyId(map.contexts), anyId(map.contexts)});
        return placeContexts(
            document, {{anyId(map.contexts), position()}, {anyId(map.contexts), position()}});
    }

    std::size_t below(std::size_t limit) { return m_random() % limit; }

private:
    static Result<Edit> edit(const Result<Creation>& creation)
    {
        if (!creation)
            return tl::unexpected(creation.error());
        return creation->edit;
    }

    template <class Thing>
    auto anyId(const std::vector<Thing>& things) -> decltype(things.front().id)
    {
        using AnyId = decltype(things.front().id);
        return things.empty() ? AnyId() : things[below(things.size())].id;
    }

    std::string name()
    {
        static const std::string names[] = {"Claims", "Party \"core\"", "Größe", "Ключ",
                                            "a\\b/c", "Line\nbreak",    "😀",     "{\"id\": 1}"};
        return names[below(8)] + (below(2) ? std::to_string(below(50)) : std::string());
    }

    std::string term(const ContextMap& map)
    {
        for (const BoundedContext& context : map.contexts) {
            if (!context.terms.empty() && below(2))
                return context.terms[below(context.terms.size())].name;
        }
        return "Party";
    }

    Position position()
    {
        return {static_cast<double>(below(400)) * 8 - 800, static_cast<double>(below(9)) / 2};
    }

    std::vector<std::string> patterns()
    {
        static const std::string all[] = {"a*", "b*", "c?", "kafka://*/party.*", "d", "e"};
        std::vector<std::string> some;
        for (const std::string& pattern : all) {
            if (below(3) == 0)
                some.push_back(pattern);
        }
        return some;
    }

    Relationship relationship(const ContextMap& map)
    {
        Relationship one;
        one.type = static_cast<RelationshipType>(below(5));
        one.upstream = anyId(map.contexts);
        one.downstream = anyId(map.contexts);
        for (const Role role : {Role::OpenHostService, Role::PublishedLanguage}) {
            if (below(2))
                one.upstreamRoles.push_back(role);
        }
        if (below(2))
            one.downstreamRoles.push_back(Role::Conformist);
        if (below(2) && !map.products.empty())
            one.exposes.push_back(anyId(map.products));
        one.hasVeto = below(2);
        one.name = below(2) ? name() : std::string();
        return one;
    }

    std::mt19937 m_random;
};

QStringList mapFiles()
{
    return QDir(QStringLiteral(PORTOLAN_TEST_DATA "/maps"))
        .entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
}

}  // namespace

class MapEditsPropertyTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        bool isGiven = false;
        m_seed =
            static_cast<unsigned>(qEnvironmentVariableIntValue("PORTOLAN_TEST_SEED", &isGiven));
        if (!isGiven)
            m_seed = std::random_device()();
        qInfo("seed %u (PORTOLAN_TEST_SEED)", m_seed);
    }

    void undoRestoresTheBytesAndRedoRepeatsThem()
    {
        const QStringList files = mapFiles();
        QVERIFY(files.size() >= 12);
        int edits = 0;
        unsigned round = 0;
        while (edits < 10000) {
            for (const QString& file : files) {
                const std::string text = tests::testData("maps/" + file.toStdString());
                const unsigned seed = m_seed + round++;
                const int made = chain(text, seed);
                QVERIFY2(made >= 0, qPrintable(QStringLiteral("%1: %2, with PORTOLAN_TEST_SEED=%3")
                                                   .arg(file, QString::fromStdString(m_complaint))
                                                   .arg(seed)));
                edits += made;
            }
        }
        qInfo("%d edits", edits);
    }

private:
    int complain(const std::string& complaint)
    {
        m_complaint = complaint;
        return -1;
    }

    // Some edits, all undone, all redone, with turns back in between. Answers how many; -1 when something was not as it should be.
    int chain(const std::string& text, unsigned seed)
    {
        RandomEdits random(seed);
        Result<MapDocument> document = MapDocument::read(text, "a.json");
        if (!document)
            return complain(document.error().message);
        std::vector<std::string> texts = {text};
        std::vector<Edit> undo;
        int made = 0;
        const std::size_t brokenBefore = document->problems().size();
        for (int i = 0; i < 40; ++i) {
            const Result<Edit> edit = random.next(*document);
            if (!edit || edit->changesNothing())
                continue;
            const Result<Edit> inverse = document->apply(*edit);
            if (!inverse)
                return complain(edit->name + ": " + inverse.error().message);
            if (document->problems().size() > brokenBefore)
                return complain(edit->name + ": " + toText(document->problems().back()) + "\n" +
                                document->text());
            ++made;
            undo.push_back(*inverse);
            texts.push_back(document->text());
            if (random.below(3) == 0 && !turnBack(*document, undo, texts))
                return complain(edit->name + ": undo or redo gave other bytes");
        }
        for (std::size_t i = undo.size(); i-- > 0;) {
            if (!document->apply(undo[i]) || document->text() != texts[i])
                return complain("undo gave other bytes");
        }
        return made;
    }

    static bool turnBack(MapDocument& document, std::vector<Edit>& undo,
                         const std::vector<std::string>& texts)
    {
        const Result<Edit> redo = document.apply(undo.back());
        if (!redo || document.text() != texts[texts.size() - 2])
            return false;
        const Result<Edit> again = document.apply(*redo);
        undo.back() = *again;
        return document.text() == texts.back();
    }

    unsigned m_seed = 0;
    std::string m_complaint;
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::MapEditsPropertyTest)
#include "map_edits_property_test.moc"
