// SPDX-License-Identifier: Apache-2.0
// The window's program as a process on the sample estate: it opens, and it writes pictures without a display.
#include "tests/programs/portolanctl.h"

#include <QFile>
#include <QtEndian>

namespace portolan::tests {
namespace {

const std::string sampleMap =
    std::string(PORTOLAN_SOURCE_DIR) + "/resources/estates/insurer/insurer.portolan.json";

ProgramRun portolan(const std::vector<std::string>& arguments, const TemporaryFolder& home,
                    std::vector<std::pair<std::string, std::string>> environment = {})
{
    environment.emplace_back("XDG_STATE_HOME", home.path());
    environment.emplace_back("XDG_CONFIG_HOME", home.path());
    environment.emplace_back("QT_QPA_PLATFORM", "offscreen");
    return runProgram(PORTOLAN, {.arguments = arguments, .environment = environment});
}

QByteArray bytesOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class PortolanTest : public QObject {
    Q_OBJECT

private slots:
    void opensTheSampleEstateAndEnds()
    {
        const TemporaryFolder home;
        const ProgramRun run = portolan({sampleMap}, home, {{"PORTOLAN_FIRST_FRAME", "1"}});
        QCOMPARE(run.outcome().substr(0, 6), std::string("exit 0"));
        QVERIFY(QByteArray::fromStdString(run.out).trimmed().toDouble() > 0);
    }

    void writesTheContextMapInEachForm()
    {
        const TemporaryFolder home;
        for (const char* name : {"map.svg", "map.png", "map.pdf", "map.html"}) {
            const ProgramRun run = portolan(
                {"export", "context-map", "--map", sampleMap, "--out", home.path() + "/" + name},
                home);
            QCOMPARE(run.exitCode, 0);
        }
        const QByteArray svg = bytesOf(home.path() + "/map.svg");
        for (const char* words : {"Party Management", "undeclared, 3 jobs", "not observed"})
            QVERIFY2(svg.contains(words), words);
        QVERIFY(bytesOf(home.path() + "/map.png").startsWith("\x89PNG"));
        QVERIFY(bytesOf(home.path() + "/map.pdf").startsWith("%PDF"));
        QVERIFY(bytesOf(home.path() + "/map.html").startsWith("<!DOCTYPE html>"));
    }

    void writesTheLineageOfAThing()
    {
        const TemporaryFolder home;
        const std::string out = home.path() + "/lineage.svg";
        const auto exported = [&](const std::string& node) {
            return portolan({"export", "lineage:" + node, "--map", sampleMap, "--out", out,
                             "--columns", "--up", "1", "--down", "1"},
                            home);
        };
        QCOMPARE(exported("engagement.core.party_profile").exitCode, 0);
        for (const char* words : {"party.profile.v3", "Customer Engagement", "given_name"})
            QVERIFY2(bytesOf(out).contains(words), words);
        const ProgramRun several = exported("CUST_MASTER");
        QCOMPARE(several.exitCode, 2);
        QVERIFY(several.err.find("CUST_MASTER may be one of 3 things") != std::string::npos);
        QVERIFY(exported("nothing").err.find("nothing is called nothing") != std::string::npos);
    }

    void writesAPdfOnPaper()
    {
        const TemporaryFolder home;
        const std::string out = home.path() + "/map.pdf";
        const auto pages = [&](const std::vector<std::string>& options) {
            std::vector<std::string> arguments = {"export",  "context-map", "--map",
                                                  sampleMap, "--out",       out};
            arguments.insert(arguments.end(), options.begin(), options.end());
            const ProgramRun run = portolan(arguments, home);
            return run.exitCode == 0 ? static_cast<int>(bytesOf(out).count("/Type /Page\n")) : -1;
        };
        QCOMPARE(pages({"--paper", "A3"}), 1);
        const int atFull = pages({"--paper", "A4", "--tile", "100"});
        QVERIFY(atFull > 1);
        QVERIFY(pages({"--paper", "A4", "--tile", "200", "--no-legend"}) > atFull);
        QCOMPARE(pages({"--tile", "100"}), -1);  // on which paper?
        QCOMPARE(pages({"--paper", "B7"}), -1);
        QCOMPARE(pages({"--page", "map"}), 1);
        QCOMPARE(pages({"--page", "sheet", "--paper", "letter"}), 1);
        QCOMPARE(pages({"--page", "tiles"}), atFull);
        QVERIFY(pages({"--page", "tiles", "--paper", "a4", "--scale", "2"}) > atFull);
        QCOMPARE(pages({"--page", "tiles", "--paper", "a4", "--tile", "100"}), -1);
    }

    void refusesWhatNoPictureCanBe()
    {
        const TemporaryFolder home;
        const std::string out = home.path() + "/map.pdf";
        const auto refusal = [&](const std::vector<std::string>& options) {
            std::vector<std::string> arguments = {"export",  "context-map", "--map",
                                                  sampleMap, "--out",       out};
            arguments.insert(arguments.end(), options.begin(), options.end());
            const ProgramRun run = portolan(arguments, home);
            return run.exitCode == 2 && bytesOf(out).isEmpty() ? run.err : std::string("done");
        };
        const auto says = [](const std::string& text, const char* words) {
            return text.find(words) != std::string::npos;
        };
        const std::string page = refusal({"--page", "book"});
        QVERIFY2(says(page, "book not in {map,sheet,tiles}"), page.c_str());
        const std::string paper = refusal({"--page", "sheet", "--paper", "B7"});
        QVERIFY2(says(paper, "B7 not in {A4,A3,Letter}"), paper.c_str());
        for (const char* scale : {"0.4", "9", "nan", "large"}) {
            const std::string text = refusal({"--scale", scale});
            QVERIFY2(says(text, (std::string(scale) + " is no number from 0.5 to 8").c_str()),
                     text.c_str());
        }
        const std::string tile = refusal({"--paper", "A4", "--tile", "401"});
        QVERIFY2(says(tile, "401 is no number from 5 to 400"), tile.c_str());
        const std::string both = refusal({"--page", "map", "--paper", "A4"});
        QVERIFY2(says(both,
                      "portolan: --page map is as large as the map and takes no --paper; expected "
                      "--page sheet or tiles\n"),
                 both.c_str());
    }

    void writesAPngAtAScale()
    {
        const TemporaryFolder home;
        const std::string out = home.path() + "/map.png";
        const auto widthAt = [&](const std::string& scale) {
            const ProgramRun run = portolan({"export", "context-map", "--map", sampleMap, "--out",
                                             out, "--scale", scale, "--dark"},
                                            home);
            const QByteArray bytes = bytesOf(out);
            return run.exitCode == 0 && bytes.size() > 24
                       ? qFromBigEndian<quint32>(&bytes.data()[16])
                       : 0;
        };
        const quint32 width = widthAt("1");
        QVERIFY(width > 0);
        QCOMPARE(widthAt("3"), 3 * width);
        QCOMPARE(widthAt("9"), quint32(0));
    }

    void writesTheMapThroughALens()
    {
        const TemporaryFolder home;
        const std::string out = home.path() + "/map.svg";
        const auto exported = [&](const std::string& lens) {
            return portolan(
                {"export", "context-map", "--map", sampleMap, "--out", out, "--lens", lens}, home);
        };
        QCOMPARE(exported("owner").exitCode, 0);
        QVERIFY(bytesOf(out).contains(">BT<"));  // the sign of the billing team
        QVERIFY(bytesOf(out).contains("Party Core team"));
        for (const char* words : {">Owner<", ">others (5)<"})  // of the legend
            QVERIFY2(bytesOf(out).contains(words), words);
        QCOMPARE(exported("subdomain").exitCode, 0);
        for (const char* words : {">supporting<", ">generic<", ">C<"})
            QVERIFY2(bytesOf(out).contains(words), words);
        QCOMPARE(exported("freshness").exitCode, 0);
        QVERIFY(bytesOf(out).contains(">not known<"));
        const ProgramRun unknown = exported("colour");
        QCOMPARE(unknown.exitCode, 2);
        QVERIFY(unknown.err.ends_with("portolan: there is no lens colour; expected one of owner, "
                                      "subdomain, findings, drift, adoption, freshness\n"));
    }

    void aLensThatHasNothingToShowSaysWhy()
    {
        const TemporaryFolder home;
        QFile map(QString::fromStdString(home.path() + "/bare.json"));
        QVERIFY(map.open(QIODevice::WriteOnly));
        map.write(QByteArray("{'portolan': 1, 'name': 'm', 'contexts': [{'id': 'c', 'name': 'C'}]}")
                      .replace('\'', '\"'));
        map.close();
        const ProgramRun run =
            portolan({"export", "context-map", "--map", home.path() + "/bare.json", "--out",
                      home.path() + "/a.svg", "--lens", "owner"},
                     home);
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.err.ends_with("portolan: the lens owner has nothing to show: No context has a "
                                  "team.\n"));
    }

    void writesASavedView()
    {
        const TemporaryFolder home;
        const std::string map = home.path() + "/m.json";
        QFile file(QString::fromStdString(map));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "{\"portolan\": 1, \"name\": \"m\", \"contexts\": [{\"id\": \"a\", \"name\": \"Aye\"}, "
            "{\"id\": \"b\", \"name\": \"Bee\"}, {\"id\": \"c\", \"name\": \"Cee\"}], "
            "\"relationships\": [{\"id\": \"r\", \"type\": \"upstream-downstream\", "
            "\"upstream\": \"a\", \"downstream\": \"b\"}, {\"id\": \"s\", \"type\": "
            "\"upstream-downstream\", \"upstream\": \"b\", \"downstream\": \"c\"}], "
            "\"views\": [{\"id\": \"ends\", \"name\": \"The ends\", \"hidden\": [\"context b\"], "
            "\"placement\": {\"a\": [0, 0], \"c\": [600, 0]}}]}");
        file.close();
        const std::string out = home.path() + "/a.svg";
        const ProgramRun done =
            portolan({"export", "context-map", "--map", map, "--view", "ends", "--out", out}, home);
        QCOMPARE(done.exitCode, 0);
        const QByteArray svg = bytesOf(out);
        QVERIFY(svg.contains(">Aye<") && svg.contains(">Cee<") && svg.contains(">via Bee<"));
        QVERIFY(!svg.contains(">Bee<"));
        const ProgramRun none =
            portolan({"export", "context-map", "--map", map, "--view", "gone", "--out", out}, home);
        QCOMPARE(none.exitCode, 2);
        QVERIFY(none.err.find("the map has no view gone; it has ends") != std::string::npos);
    }

    void saysWhyNothingIsWritten()
    {
        const TemporaryFolder home;
        const std::string out = home.path() + "/a.svg";
        const ProgramRun view =
            portolan({"export", "adoption", "--map", sampleMap, "--out", out}, home);
        QCOMPARE(view.exitCode, 2);
        QVERIFY(view.err.find("the view adoption cannot be exported in this version") !=
                std::string::npos);
        const ProgramRun map = portolan(
            {"export", "context-map", "--map", home.path() + "/none.json", "--out", out}, home);
        QCOMPARE(map.exitCode, 2);
        QVERIFY(map.err.find("There is no such file.") != std::string::npos);
        const ProgramRun form = portolan(
            {"export", "context-map", "--map", sampleMap, "--out", home.path() + "/a.doc"}, home);
        QCOMPARE(form.exitCode, 2);
        QVERIFY(bytesOf(out).isEmpty());
    }
};

}  // namespace portolan::tests

QTEST_GUILESS_MAIN(portolan::tests::PortolanTest)
#include "portolan_test.moc"
