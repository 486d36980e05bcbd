// SPDX-License-Identifier: Apache-2.0
// ArchiMate exchange files. The files of tests/data/archimate are made; what they come to was counted by a script of its own (Python's
// xml.etree), not by what the importer says.
#include "model/import/models/xml_limits.h"
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QElapsedTimer>
#include <QtTest>

namespace portolan {

namespace {

std::string contextsText(const Estate& estate)
{
    std::string text;
    for (const ObservedContext& one : estate.contexts) {
        text += one.id + ": " + one.type;
        text += one.parent.empty() ? "" : ", in " + one.parent;
        text += one.owner.empty() ? "" : ", owner " + one.owner;
        text += one.domain.empty() ? "\n" : ", domain " + one.domain + "\n";
    }
    return text;
}

std::string relationshipsText(const Estate& estate)
{
    std::string text;
    for (const ObservedRelationship& one : estate.relationships)
        text += one.upstream + " -> " + one.downstream + ": " + one.type + " " + one.name + "\n";
    return text;
}

std::string routesText(const Estate& estate)
{
    std::string text;
    for (const ObservedRoute& one : estate.routes)
        text += one.from + " -> " + one.product + " -> " + one.to + ": " + one.name + "\n";
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
    return importText("model.xml", "<model xmlns=\"http://www.opengroup.org/xsd/archimate/3.0/\" "
                                   "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n" +
                                       members + "</model>\n");
}

std::string element(const std::string& id, const std::string& type, const std::string& name)
{
    return "<element identifier=\"" + id + "\" xsi:type=\"" + type + "\"><name>" + name +
           "</name></element>\n";
}

}  // namespace

class ArchimateImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsAModel()
    {
        const ImportedText imported = importData("archimate/library.xml");
        const Estate& estate = *imported.estate;
        QCOMPARE(imported.format, std::string("archimate"));
        QCOMPARE(estate.sources[0].formatVersion, std::string("3.1"));
        QCOMPARE(contextsText(estate),
                 std::string("Lending: application, in Town Union, owner Lending Team, domain "
                             "Lending of books\n"
                             "Desk: application, in Lending\n"
                             "Catalogue: application, domain Stock\n"
                             "Mail Gateway: application\n"
                             "Town Union: application\n"
                             "mail gateway (id-app-mail2): application\n"));
        QCOMPARE(estate.contexts[0].description, std::string("Loans, Bookings and returns."));
        QCOMPARE(estate.domains[0].id, std::string("Lending of books"));
        QCOMPARE(estate.domains[1].parent, std::string("Lending of books"));
        QCOMPARE(estate.domains[1].owner, std::string("Treasurer"));
        QCOMPARE(estate.datasets[0].key(), std::string("archimate:///Loan"));
        QCOMPARE(estate.datasets[0].description, std::string("One book, one reader, one date."));
        QCOMPARE(estate.adoptions.size(), 1U);
        QCOMPARE(estate.adoptions[0].consumer + " " + estate.adoptions[0].thing,
                 std::string("Desk Title search"));
    }

    void tellsWhatFlowsAndServes()
    {
        const ImportedText imported = importData("archimate/library.xml");
        QCOMPARE(relationshipsText(*imported.estate),
                 std::string("Lending -> Mail Gateway: flow Reminders\n"
                             "Catalogue -> Lending: depends-on \n"));
        QCOMPARE(routesText(*imported.estate),
                 std::string("Lending ->  -> Mail Gateway: Reminders\n"
                             "Catalogue -> Title search -> : provides\n"
                             " -> Title search -> Desk: consumes\n"
                             "Catalogue -> Search API -> : provides\n"
                             "Lending -> archimate:///Loan -> : writes\n"
                             " -> archimate:///Loan -> Lending: reads\n"
                             " -> archimate:///Title -> Lending: reads\n"
                             "Catalogue -> archimate:///Title -> : writes\n"));
        const Estate& estate = *imported.estate;
        QCOMPARE(estate.consumers.size(), 2U);
        QCOMPARE(estate.consumers[1].id, std::string("Lending"));
        QCOMPARE(estate.consumers[1].reads.size(), 2U);
    }

    void keepsWhatElseIsSaid()
    {
        QCOMPARE(claimsText(*importData("archimate/library.xml").estate),
                 std::string("Lending of books type = capability\n"
                             "Fines type = capability\n"
                             "Lending In use since = 2019 & on\n"
                             "Lending propid-lost = x\n"
                             "Town Union type = ApplicationCollaboration\n"
                             "archimate:///Loan owner = Lending Team\n"
                             "Lending domains = Fines\n"
                             "Title search context = Catalogue\n"
                             "Search API context = Catalogue\n"
                             "archimate:///Title users = Desk\n"));
    }

    void namesWhatIsLeftOut()
    {
        const ImportedText imported = importData("archimate/library.xml");
        QCOMPARE(
            leftOutText(*imported.estate),
            std::string("model.name: not kept\n"
                        "model.documentation: not kept\n"
                        "model.metadata: not kept\n"
                        "name in another language: not kept\n"
                        "relationship.documentation: not kept\n"
                        "model.organizations: not kept\n"
                        "model.views: not kept\n"
                        "? propid-lost: no property is defined under this identifier\n"
                        "ApplicationFunction: elements of this kind are not kept\n"
                        "BusinessRole: elements of this kind are not kept\n"
                        "BusinessProcess: elements of this kind are not kept\n"
                        "Assignment from BusinessRole to BusinessProcess: not kept\n"
                        "Serving from ApplicationComponent to BusinessProcess: not kept\n"
                        "Association with a relationship: not kept\n"
                        "? id-app-gone: no element has this identifier\n"
                        "Triggering from ApplicationComponent to ApplicationComponent: not kept\n"
                        "Flow from ApplicationComponent to AndJunction: not kept\n"));
        QCOMPARE(
            imported.problemsText(),
            std::string("archimate/library.xml:56: note: There is another \"mail gateway\" of this "
                        "kind. Loaded as \"mail gateway (id-app-mail2)\". "
                        "[archimate.same-name]\n"));
    }

    void readsVersionTwo()
    {
        const ImportedText imported = importData("archimate/harbour-2.1.xml");
        QCOMPARE(imported.estate->sources[0].formatVersion, std::string("2.1"));
        QCOMPARE(contextsText(*imported.estate),
                 std::string("Berths: application, owner Harbour Master\nInvoicing: application\n"
                             "Tariffs: application\n"));
        QCOMPARE(
            relationshipsText(*imported.estate),
            std::string("Berths -> Invoicing: flow Calls\nTariffs -> Invoicing: depends-on \n"));
        QCOMPARE(routesText(*imported.estate),
                 std::string("Berths ->  -> Invoicing: Calls\n"
                             "Berths -> archimate:///Call of a ship -> : writes\n"
                             " -> archimate:///Call of a ship -> Invoicing: reads\n"));
    }

    void keepsSeveralWithoutContradiction()
    {
        const ImportedText imported = model(
            "<elements>" + element("a", "ApplicationComponent", "A") +
            element("b", "ApplicationComponent", "B") + element("s", "ApplicationService", "S") +
            element("c", "Capability", "C") + element("d", "Capability", "D") +
            "</elements><relationships>"
            "<relationship xsi:type=\"Realization\" source=\"a\" target=\"c\"/>"
            "<relationship xsi:type=\"Realization\" source=\"a\" target=\"d\"/>"
            "<relationship xsi:type=\"Realization\" source=\"a\" target=\"s\"/>"
            "<relationship xsi:type=\"Realization\" source=\"b\" target=\"s\"/>"
            "<relationship xsi:type=\"Realization\" source=\"s\" target=\"d\"/>"
            "</relationships>");
        QCOMPARE(claimsText(*imported.estate),
                 std::string("C type = capability\nD type = capability\nA domains = D\nS context = "
                             "A\nS contexts = B\nS domain = D\n"));
        QCOMPARE(imported.problemsText(), std::string());
    }

    void followsJunctions()
    {
        std::string elements = "<elements>";
        for (const char* name : {"A", "B", "C", "D"})
            elements += element(name, "ApplicationComponent", name);
        elements += element("p", "BusinessProcess", "P") +
                    "<element identifier=\"j\" xsi:type=\"AndJunction\"/><element identifier=\"k\" "
                    "xsi:type=\"OrJunction\"/></elements>\n";
        const auto flow = [](const char* from, const char* to, const char* name) {
            return std::string("<relationship xsi:type=\"Flow\" source=\"") + from +
                   "\" target=\"" + to + "\"><name>" + name + "</name></relationship>";
        };
        const ImportedText imported =
            model(elements + "<relationships>" + flow("A", "j", "a") + flow("j", "C", "c") +
                  flow("B", "j", "") + flow("j", "D", "") + flow("j", "p", "") +
                  flow("j", "k", "") + flow("k", "A", "") +
                  "<relationship xsi:type=\"Serving\" source=\"D\" target=\"j\"/>"
                  "</relationships>");
        QCOMPARE(relationshipsText(*imported.estate),
                 std::string("A -> C: flow a\nA -> D: flow a\nB -> C: flow c\nB -> D: flow \n"));
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("BusinessProcess: elements of this kind are not kept\n"
                             "Flow from AndJunction to OrJunction: not kept\n"
                             "Flow from ApplicationComponent to BusinessProcess through a junction "
                             "(2): not kept\n"
                             "Serving from ApplicationComponent to AndJunction: not kept\n"
                             "Flow from OrJunction to ApplicationComponent: not kept\n"));
    }

    void boundsWhatAJunctionJoins()
    {
        std::string members = "<elements>" + element("a", "ApplicationComponent", "A") +
                              "<element identifier=\"j\" xsi:type=\"Junction\"/></elements>\n"
                              "<relationships>\n";
        for (int i = 0; i < 1'000; ++i)
            members += "<relationship xsi:type=\"Flow\" source=\"a\" target=\"j\"/>"
                       "<relationship xsi:type=\"Flow\" source=\"j\" target=\"a\"/>";
        const ImportedText imported = model(members + "</relationships>");
        QCOMPARE(imported.problemsText(),
                 std::string("model.xml:5: warning: The junction \"j\" joins 1000 with 1000 "
                             "(expected at most 1000 pairs). Its relationships are skipped. "
                             "[archimate.junction]\n"));
        QCOMPARE(countsText(*imported.estate), std::string("contexts 1"));
    }

    void tellsWhichElementsHaveNoName()
    {
        const ImportedText imported =
            model("<elements><element identifier=\"a\" xsi:type=\"DataObject\"/>\n"
                  "<element xsi:type=\"DataObject\"/>\n" +
                  element("a", "Capability", "B") + "<element><name>x</name></element></elements>");
        QCOMPARE(
            imported.problemsText(),
            std::string("model.xml:2: warning: The DataObject \"a\" has no name (expected one). "
                        "Loaded under its identifier. [archimate.no-name]\n"
                        "model.xml:3: error: The DataObject has neither name nor identifier "
                        "(required). Skipped. [archimate.no-name]\n"
                        "model.xml:4: warning: The identifier \"a\" is that of another element "
                        "(expected one that no other has). Relationships lead to the first. "
                        "[archimate.same-identifier]\n"));
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("element without a type: elements of this kind are not kept\n"));
    }

    void keepsWhatStandsBeforeAnError()
    {
        const ImportedText imported = model(
            "<elements>" + element("a", "ApplicationComponent", "A") + "<element></elements>");
        QCOMPARE(countsText(*imported.estate), std::string("contexts 1"));
        QCOMPARE(
            imported.problemsText(),
            std::string(
                "model.xml:3:20: error: Not well-formed XML: Opening and ending tag mismatch. What stands before is kept. [archimate.xml]\n"));
    }

    void refusesDeclarationsOfEntities()
    {
        std::string text =
            "<?xml version=\"1.0\"?>\n<!-- - -->\n<!DOCTYPE model [\n<!ENTITY a \"aaaa\">\n";
        for (char name = 'b'; name < 'n'; ++name)
            text += std::string("<!ENTITY ") + name + " \"&" + char(name - 1) + ";&" +
                    char(name - 1) + ";\">\n";
        text +=
            "<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<model xmlns=\"http://www.opengroup.org/"
            "xsd/archimate/3.0/\"><name>&m;&x;</name></model>";
        const ImportedText imported = importText("model.xml", text);
        QCOMPARE(imported.format, std::string("archimate"));
        QCOMPARE(imported.problemsText(),
                 std::string("model.xml:3: error: The file has a document type declaration "
                             "(expected none, because it can declare entities). Nothing is read "
                             "of the file. [archimate.doctype]\n"));
        const ImportedText unknown =
            model("<elements>" + element("a", "ApplicationComponent", "A&b;") + "</elements>");
        QVERIFY(unknown.problemsText().find("Entity 'b' not declared") != std::string::npos);
    }

    void refusesManyAttributesAndDepth()
    {
        std::string attributes;
        for (int i = 0; i < 40'000; ++i)
            attributes += " a" + std::to_string(i) + "='>'";
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(model("<elements>\n<element" + attributes + "/></elements>").problemsText(),
                 std::string("model.xml:3: error: An element has more than 1000 attributes. "
                             "Nothing is read of the file. [archimate.attributes]\n"));
        QVERIFY(timer.elapsed() < 1'000);
        std::string deep;
        for (int i = 0; i < 1'000; ++i)
            deep += "<item>\n";
        QCOMPARE(model(deep).problemsText(),
                 std::string("model.xml:101: error: Elements nest deeper than 100 levels. Nothing "
                             "is read of the file. [archimate.depth]\n"));
    }

    void countsDepthAsTheReaderDoes()
    {
        Budget budget;
        budget.depth = 2;
        QVERIFY(!xmlExcess("<a><b/><b></b><!-- <c><c> --><![CDATA[<d>]]><?p <e>?><b k='<'/></a>",
                           budget));
        QVERIFY(xmlExcess("<a><b><c/><c></c></b></a>", budget)->code == "depth");
        for (const char* text :
             {"", "<", "<a", "<a b='", "<!--", "<![CDATA[", "<?", "</", "<a b=\"x"})
            QVERIFY2(!xmlExcess(text, budget), text);
    }

    void knowsTheFilesOfArchi()
    {
        QCOMPARE(
            importText("model.archimate",
                       "<?xml version=\"1.0\"?>\n<archimate:model "
                       "xmlns:archimate=\"http://www.archimatetool.com/archimate\" name=\"a\"/>")
                .problemsText(),
            std::string("model.archimate:2: error: This is a file of the tool Archi (expected "
                        "its export as an Open Exchange file). Nothing is read of it. "
                        "[archimate.namespace]\n"));
    }

    void doesNotClaimOthersFiles()
    {
        for (const char* text :
             {"<model xmlns=\"http://maven.apache.org/POM/4.0.0\"/>", "<model/>", "plain < text",
              "<", "<?xml", "<!-- http://www.opengroup.org/xsd/archimate <model> -->",
              "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
              "targetNamespace=\"http://www.opengroup.org/xsd/archimate/3.0/\"/>",
              "<a><model xmlns=\"http://www.opengroup.org/xsd/archimate/3.0/\"/></a>"})
            QVERIFY2(importText("model.xml", text).format != "archimate", text);
    }

    void survivesTruncation()
    {
        const std::string text = tests::testData("archimate/library.xml");
        const std::size_t root = text.find('>', text.find("<model")) + 1;
        for (std::size_t size = root; size < text.size() - 9; size += 97) {
            const ImportedText imported = importText("model.xml", text.substr(0, size));
            QCOMPARE(imported.format, std::string("archimate"));
            QVERIFY(imported.problemsText().find("[archimate.xml]") != std::string::npos);
        }
    }

    void survivesWhatIsInTheWrongPlace()
    {
        for (
            const char* members :
            {"<elements><elements><element/></elements></elements>",
             "<elements><element xsi:type=\":\" identifier=\"\"><properties><property><value><value/>"
             "</value></property><x/></properties></element></elements>",
             "<relationships><relationship/><relationship source=\"a\" target=\"a\" "
             "identifier=\"a\"/></relationships>",
             "<propertyDefinitions><propertyDefinition><name/><name/></propertyDefinition>"
             "</propertyDefinitions>",
             "<elements>", "<elements><element><name>", "<a:b/>", "text"})
            QCOMPARE(model(members).format, std::string("archimate"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ArchimateImporterTest)
#include "archimate_importer_test.moc"
