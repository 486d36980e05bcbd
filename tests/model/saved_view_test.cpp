// SPDX-License-Identifier: Apache-2.0
// Saved views: read, written without touching other bytes, merged like everything else, and turned into a filter and back.
#include "model/chart/saved_filter.h"
#include "model/map/edits.h"
#include "model/map/map_document.h"
#include "model/map/map_merge.h"
#include "tests/support/text_output.h"

#include <QTest>

namespace portolan {

class SavedViewTest : public QObject {
    Q_OBJECT

    static std::string map(const std::string& views)
    {
        std::string text =
            "{\n  'portolan': 1,\n  'name': 'm',\n  'contexts': [{'id': 'a', 'name': "
            "'A'}, {'id': 'b', 'name': 'B'}],\n  'placement': {'a': [0, 0]}" +
            (views.empty() ? "" : ",\n  'views': " + views) + "\n}\n";
        std::replace(text.begin(), text.end(), '\'', '"');
        return text;
    }
    static MapDocument read(const std::string& text)
    {
        Result<MapDocument> document = MapDocument::read(text, "map.json");
        return document ? std::move(*document) : *MapDocument::read("{}", "empty.json");
    }
    static SavedView wanted()
    {
        SavedView view;
        view.name = "Around A";
        view.filter = "is:core";
        view.focus = {"context a"};
        view.depth = 2;
        view.direction = "upstream";
        view.lens = "owner";
        view.placement = {{ContextId("a"), {8, 16}}};
        return view;
    }
    static std::string problemsOf(const MapDocument& document)
    {
        std::string text;
        for (const Problem& problem : document.problems())
            text += problem.code + ": " + problem.message + "\n";
        return text;
    }

private slots:
    void readsAll()
    {
        const MapDocument document = read(map(
            "[{'id': 'v', 'name': 'V', 'description': 'd', 'filter': 'x', 'only': ['domain d'], "
            "'hidden': ['context a'], 'collapsed': ['domain d'], 'focus': ['context b'], "
            "'depth': 3, 'direction': 'downstream', 'show': ['declared'], 'lens': 'owner', "
            "'placement': {'a': [1, 2]}}]"));
        QCOMPARE(problemsOf(document), std::string());
        const SavedView* view = document.map().view(ViewId("v"));
        QVERIFY(view);
        QCOMPARE(view->name, std::string("V"));
        QCOMPARE(view->depth, 3);
        QVERIFY(view->show == std::vector<std::string>{"declared"});
        QCOMPARE(view->placement.at(ContextId("a")).y, 2.0);
        const ChartFilter filter = filterOf(*view);
        QCOMPARE(filter.words, std::string("x"));
        QVERIFY(filter.only == (std::set<EntityRef>{{EntityKind::Domain, "d"}}));
        QVERIFY(filter.hidden == (std::set<EntityRef>{{EntityKind::BoundedContext, "a"}}));
        QVERIFY(filter.focus ==
                (ChartFocus{{{EntityKind::BoundedContext, "b"}}, 3, FlowDirection::Downstream}));
        SavedView back;
        setFilter(back, filter);
        QVERIFY(back.only == view->only && back.hidden == view->hidden &&
                back.collapsed == view->collapsed && back.focus == view->focus);
        QCOMPARE(back.direction, view->direction);
    }

    void saysWhatIsWrong()
    {
        const MapDocument document =
            read(map("[{'id': 'v', 'name': 'V', 'depth': -1, 'direction': 'sideways', "
                     "'placement': {'a': [1]}}, {'id': 'v', 'name': 'W'}]"));
        QCOMPARE(document.map().views.size(), std::size_t(1));
        const std::string problems = problemsOf(document);
        QVERIFY2(problems.find("-1; expected a whole number from 0 to 99.") != std::string::npos,
                 problems.c_str());
        QVERIFY2(problems.find("sideways") != std::string::npos, problems.c_str());
        QVERIFY2(problems.find("The placement of \"a\" is [1]; expected two numbers, [x, y].") !=
                     std::string::npos,
                 problems.c_str());
        QVERIFY2(problems.find("is taken by another view in line") != std::string::npos,
                 problems.c_str());
    }

    void addsOneAndTakesItBack()
    {
        MapDocument document = read(map(""));
        const std::string before(document.text());
        const Result<Creation> creation = addView(document, wanted());
        QVERIFY(creation);
        QCOMPARE(creation->id, std::string("around-a"));
        QCOMPARE(creation->edit.name, std::string("Save view Around A"));
        const Edit undo = *document.apply(creation->edit);
        const SavedView* view = document.map().view(ViewId("around-a"));
        QVERIFY(view);
        QCOMPARE(view->filter, std::string("is:core"));
        QCOMPARE(view->depth, 2);
        QVERIFY(view->placement == wanted().placement);
        QCOMPARE(problemsOf(document), std::string());
        (void)document.apply(undo);
        QCOMPARE(std::string(document.text()), before);
    }

    void changesOnlyWhatDiffers()
    {
        MapDocument document = read(
            map("[{'id': 'v',   'name': 'V', 'mine': 7, 'filter': 'x', 'hidden': ['context a', "
                "'context b'], 'placement': {'a': [1, 2]}}]"));
        const std::string before(document.text());
        SavedView view = *document.map().view(ViewId("v"));
        view.filter = "y";
        view.hidden = {"context b"};
        const Result<Edit> edit = changeView(document, ViewId("v"), view);
        QVERIFY(edit);
        QCOMPARE(edit->name, std::string("Change view V"));
        const Edit undo = *document.apply(*edit);
        QCOMPARE(
            std::string(document.text()),
            map("[{'id': 'v',   'name': 'V', 'mine': 7, 'filter': 'y', 'hidden': ['context b'], "
                "'placement': {'a': [1, 2]}}]"));
        (void)document.apply(undo);
        QCOMPARE(std::string(document.text()), before);
        view = *document.map().view(ViewId("v"));
        view.name = "W";
        QCOMPARE(changeView(document, ViewId("v"), view)->name, std::string("Rename view V to W"));
        QVERIFY(!changeView(document, ViewId("gone"), view));
        view.name = " ";
        QVERIFY(!changeView(document, ViewId("v"), view));
    }

    void removesOne()
    {
        MapDocument document = read(map("[{'id': 'v', 'name': 'V'}, {'id': 'w', 'name': 'W'}]"));
        const std::string before(document.text());
        const Edit undo = *document.apply(*removeView(document, ViewId("v")));
        QCOMPARE(std::string(document.text()), map("[{'id': 'w', 'name': 'W'}]"));
        (void)document.apply(*removeView(document, ViewId("w")));
        QCOMPARE(std::string(document.text()), map(""));
        document = read(map("[{'id': 'w', 'name': 'W'}]"));
        (void)document.apply(undo);
        QCOMPARE(std::string(document.text()), before);
    }

    void mergesViewsOfTwoPeople()
    {
        const MapDocument base = read(map("[{'id': 'v', 'name': 'V', 'filter': 'x'}]"));
        const MapDocument ours =
            read(map("[{'id': 'v', 'name': 'V', 'filter': 'x', 'lens': 'owner'}]"));
        const MapDocument theirs =
            read(map("[{'id': 'v', 'name': 'V', 'filter': 'y'}, {'id': 'w', 'name': 'W'}]"));
        const auto merged = mergeMaps(base, ours, theirs);
        QVERIFY(merged.conflicts.empty());
        const MapDocument result = read(merged.text);
        QCOMPARE(result.map().views.size(), std::size_t(2));
        QCOMPARE(result.map().views[0].filter, std::string("y"));
        QCOMPARE(result.map().views[0].lens, std::string("owner"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SavedViewTest)
#include "saved_view_test.moc"
