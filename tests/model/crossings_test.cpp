// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/lineage/crossings.h"

#include "model/import/import.h"
#include "model/json/json_reader.h"
#include "tests/support/lineage_world.h"

#include <QFile>

namespace portolan {
namespace {

const std::string contexts =
    "'contexts': [\n"
    "{'id': 'crm', 'name': 'CRM', 'owns': {'datasets': ['postgres://db/crm.*']}},\n"
    "{'id': 'party', 'name': 'Party', 'owns': {'datasets': ['postgres://db/party.*']}},\n"
    "{'id': 'claims', 'name': 'Claims', 'owns': {'datasets': ['postgres://db/claims.*']}}]";

std::string joined(const std::string& list, const std::string& item)
{
    return list.empty() ? item : list + "," + item;
}

// "crm.raw > party.core by match reads internals, declared crm-party, bypass" ...
std::string textOf(const LineageWorld& world)
{
    const Estate& estate = world.estate();
    const Crossings found = crossings(world.map, estate, world.ownership);
    std::string text;
    for (const Crossing& crossing : found.all) {
        std::string through;
        for (const DatasetIndex dataset : crossing.through)
            through = joined(through, nameOf(estate, dataset));
        std::string jobs;
        for (const JobIndex job : crossing.jobs)
            jobs = joined(jobs, estate.jobs[job.value].name);
        text += nameOf(estate, crossing.from) + " > " + nameOf(estate, crossing.to);
        text += (through.empty() ? "" : " through " + through) + " by " + jobs + " reads " +
                (crossing.readsInternals() ? "internals" : crossing.product.text);
        if (!crossing.declared.isEmpty())
            text += ", declared " + crossing.declared.text;
        if (!crossing.route.isEmpty())
            text += ", route " + crossing.route.text;
        text += crossing.isBypass() ? ", bypass\n" : "\n";
    }
    text += found.unownedDatasets == 0
                ? ""
                : "unowned " + std::to_string(found.unownedDatasets) + " with " +
                      std::to_string(found.edgesOfUnowned) + " edges\n";
    return text + (found.isCut ? "cut\n" : "");
}

std::string fileText(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", path.c_str());
    return file.readAll().toStdString();
}

std::string quoted(DataNode text)
{
    return "'" + text.string() + "'";
}

// The contexts and products of a generated estate, as a map declares them.
std::string mapMembersOf(DataNode truth)
{
    std::string declared;
    for (const DataNode context : truth["contexts"]) {
        declared += declared.empty() ? "" : ",\n";
        declared += "{'id': " + quoted(context["id"]) + ", 'name': " + quoted(context["name"]) +
                    ", 'owns': {'datasets': ['" + context["namespace"].string() + "/*']}}";
    }
    std::string products;
    for (const DataNode product : truth["products"]) {
        std::string contracts;
        for (const DataNode version : product["versions"])
            contracts = joined(contracts, "'urn:portolan:" + product["id"].string() + ":" +
                                              version.string() + "'");
        products += products.empty() ? "" : ",\n";
        products += "{'id': " + quoted(product["id"]) + ", 'name': " + quoted(product["id"]) +
                    ", 'context': " + quoted(product["context"]) + ", 'contracts': [" + contracts +
                    "]}";
    }
    return "'contexts': [" + declared + "],\n'products': [" + products + "]";
}

}  // namespace

class CrossingsTest : public QObject {
    Q_OBJECT

private slots:
    void tellsInternalsFromAPublishedProduct()
    {
        const LineageWorld world("crm.raw -> party.core by match\n"
                                 "crm.raw -> party.core by match_again\n"
                                 "crm.export -> party.core by match\n"
                                 "crm.export -> crm.raw by own\n",
                                 contexts +
                                     ", 'products': [{'id': 'export', 'name': 'Export', 'context': "
                                     "'crm', 'ports': [{'type': 'table', 'dataset': "
                                     "'postgres://db/crm.export'}]}]\n");
        QCOMPARE(textOf(world),
                 "crm.raw > party.core by match,match_again reads internals, bypass\n"
                 "crm.export > party.core by match reads export, bypass\n");
    }

    void namesRelationshipAndRoute()
    {
        const LineageWorld world(
            "crm.export -> party.core by match\n"
            "party.core -> crm.feedback by answer\n"
            "party.core -> claims.names by copy\n"
            "claims.names -> party.back by answer\n",
            contexts +
                ", 'products': [{'id': 'export', 'name': 'Export', 'context': 'crm', 'ports': "
                "[{'type': 'table', 'dataset': 'postgres://db/crm.export'}]}],\n"
                "'relationships': [\n"
                "{'id': 'crm-party', 'type': 'upstream-downstream', 'upstream': 'crm', "
                "'downstream': 'party'},\n"
                "{'id': 'equals', 'type': 'partnership', 'between': ['claims', 'party']},\n"
                "{'id': 'apart', 'type': 'separate-ways', 'between': ['party', 'crm']}],\n"
                "'routes': [{'id': 'in', 'name': 'In', 'from': ['export'], 'to': 'party'}]\n");
        QCOMPARE(textOf(world),
                 "claims.names > party.back by answer reads internals, declared equals, bypass\n"
                 "crm.export > party.core by match reads export, declared crm-party, route in\n"
                 "party.core > claims.names by copy reads internals, declared equals, bypass\n"
                 "party.core > crm.feedback by answer reads internals, bypass\n");
    }

    void aProductOfAnotherContextIsNoneOfTheOwners()
    {
        const LineageWorld world("crm.raw -> party.core by match\n",
                                 contexts +
                                     ", 'products': [{'id': 'theirs', 'name': 'Theirs', 'context': "
                                     "'claims', 'ports': [{'type': 'table', 'dataset': "
                                     "'postgres://db/crm.raw'}]}]\n");
        QCOMPARE(textOf(world), "crm.raw > party.core by match reads internals, bypass\n");
    }

    void followsDatasetsThatNobodyOwns()
    {
        const LineageWorld world("crm.raw -> scratch.a by dump\n"
                                 "scratch.a -> scratch.b by sort\n"
                                 "scratch.b -> party.core by load\n"
                                 "scratch.a -> crm.clean by clean\n"
                                 "scratch.a -> claims.names by copy\n"
                                 "crm.raw -> claims.names by straight\n"
                                 "scratch.b -> scratch.a by circle\n",
                                 contexts);
        QCOMPARE(textOf(world),
                 "crm.raw > claims.names by straight reads internals, bypass\n"
                 "crm.raw > party.core through scratch.a,scratch.b by dump,sort,load reads "
                 "internals, bypass\n"
                 "unowned 2 with 6 edges\n");
    }

    void saysWhenALongWayWasNotFollowed()
    {
        std::string lines = "crm.raw -> scratch.0 by dump\n";
        for (int i = 0; i < 9; ++i)
            lines += "scratch." + std::to_string(i) + " -> scratch." + std::to_string(i + 1) + "\n";
        const LineageWorld world(lines + "scratch.7 -> party.core by load\n", contexts);
        const Crossings found = crossings(world.map, world.estate(), world.ownership);
        QCOMPARE(found.all.size(), std::size_t(1));
        QCOMPARE(found.all.front().through.size(), std::size_t(8));
        QVERIFY(found.isCut);
    }

    void aGeneratedEstateHasTheCrossingsThatItWasMadeWith()
    {
        const std::string folder = PORTOLAN_SOURCE_DIR "/tests/estates/generated/";
        DataTree truth;
        Problems problems;
        QVERIFY(readJson(truth, fileText(folder + "truth.json"), "truth.json", Budget(), problems));
        Progress progress;
        const ContextMap map = LineageWorld::mapOf(mapMembersOf(truth.root()));
        const Result<ImportReport> imported =
            importPaths({folder + "contracts", folder + "lineage.ndjson"}, {}, progress);
        QVERIFY(imported.has_value());
        const Estate& estate = *imported->estate;
        const Crossings found = crossings(map, estate, ownershipOf(map, estate));
        std::size_t withContract = 0;
        for (const Crossing& crossing : found.all)
            withContract += crossing.contracts.empty() ? 0 : 1;
        const DataNode expected = truth.root()["crossings"];
        QCOMPARE(std::to_string(withContract), std::string(expected["withContract"].raw()));
        QCOMPARE(std::to_string(found.all.size() - withContract),
                 std::string(expected["withoutContract"].raw()));
        QCOMPARE(found.unownedDatasets, std::size_t(0));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::CrossingsTest)
#include "crossings_test.moc"
