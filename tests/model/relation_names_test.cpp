// SPDX-License-Identifier: Apache-2.0
// Which dataset a query means by a name: whole names, names in a schema, names among what is near; never a guess.
#include "model/import/relation_names.h"

#include "model/estate/estate_builder.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

struct World {
    EstateBuilder builder;
    DatasetIndex add(const char* platform, const char* instance, const char* path)
    {
        return builder.dataset(platform, instance, path, {});
    }
};

SqlName nameOf(const std::string& text)
{
    SqlName name;
    for (const std::string& part : partsOfRelation(text))
        name.parts.push_back({part, text.find('"') != std::string::npos});
    return name;
}

std::string found(const Estate& estate, const std::string& name, const RelationScope& scope)
{
    const DatasetIndex index = RelationNames(estate).find(nameOf(name), scope);
    return index.isValid() ? estate.datasets[index.value].key() : "nothing";
}

}  // namespace

class RelationNamesTest : public QObject {
    Q_OBJECT

private slots:
    void takesPathsApart()
    {
        QCOMPARE(partsOfRelation("a.b.c").size(), std::size_t(3));
        QCOMPARE(partsOfRelation("a.\"b.c\"").back(), "b.c");
        QCOMPARE(partsOfRelation("s3/x.parquet").size(), std::size_t(1));
        QCOMPARE(partsOfRelation("\"open").front(), "\"open");
        QVERIFY(partsOfRelation("").empty());
    }

    void aWholeNameIsFoundInAnyCase()
    {
        World world;
        world.add("snowflake", "", "DB.CORE.ORDERS");
        const Estate estate = world.builder.take();
        QCOMPARE(found(estate, "db.core.orders", {"snowflake", "", {}, {}}),
                 "snowflake:///DB.CORE.ORDERS");
        QCOMPARE(found(estate, "db.core.orders", {"postgres", "", {}, {}}), "nothing");
    }

    void theSpellingDecidesBetweenTwo()
    {
        World world;
        world.add("snowflake", "", "DB.CORE.ORDERS");
        world.add("snowflake", "", "DB.CORE.orders");
        const Estate estate = world.builder.take();
        QCOMPARE(found(estate, "DB.CORE.orders", {"snowflake", "", {}, {}}),
                 "snowflake:///DB.CORE.orders");
        QCOMPARE(found(estate, "db.core.orders", {"snowflake", "", {}, {}}), "nothing");
    }

    void theSpaceCompletesAName()
    {
        World world;
        world.add("postgres", "", "shop.core.orders");
        world.add("postgres", "", "shop.raw.orders");
        const Estate estate = world.builder.take();
        QCOMPARE(found(estate, "orders", {"postgres", "", {"shop", "raw"}, {}}),
                 "postgres:///shop.raw.orders");
        QCOMPARE(found(estate, "core.orders", {"postgres", "", {"shop", "raw"}, {}}),
                 "postgres:///shop.core.orders");
        QCOMPARE(found(estate, "orders", {"postgres", "", {}, {}}), "nothing");
    }

    void aSchemaAndANameAreEnoughWhereTheyAreOne()
    {
        World world;
        world.add("postgres", "", "shop.core.orders");
        const Estate one = world.builder.take();
        QCOMPARE(found(one, "core.orders", {"postgres", "", {}, {}}),
                 "postgres:///shop.core.orders");
        World two;
        two.add("postgres", "", "shop.core.orders");
        two.add("postgres", "", "other.core.orders");
        QCOMPARE(found(two.builder.take(), "core.orders", {"postgres", "", {}, {}}), "nothing");
    }

    void whatIsNearMayBeNamedByItsEnd()
    {
        World world;
        const DatasetIndex near = world.add("s3", "lake", "orders");
        world.add("hive", "", "a.orders");
        const Estate estate = world.builder.take();
        const std::vector nearby{near};
        QCOMPARE(found(estate, "orders", {"spark", "", {}, nearby}), "s3://lake/orders");
        QCOMPARE(found(estate, "orders", {"spark", "", {}, {}}), "nothing");
    }

    void twoServersAreTwo()
    {
        World world;
        world.add("postgres", "a:5432", "shop.core.orders");
        world.add("postgres", "b:5432", "shop.core.orders");
        const Estate estate = world.builder.take();
        QCOMPARE(found(estate, "shop.core.orders", {"postgres", "b:5432", {}, {}}),
                 "postgres://b:5432/shop.core.orders");
        QCOMPARE(found(estate, "shop.core.orders", {"postgres", "c:5432", {}, {}}), "nothing");
        QCOMPARE(found(estate, "shop.core.orders", {"postgres", "", {}, {}}), "nothing");
    }

    void furtherNamesOfADatasetCount()
    {
        World world;
        const DatasetIndex table = world.add("s3", "lake", "/warehouse/orders");
        world.builder.alsoKnownAs(table, "s3", "lake", "db.orders");
        const Estate estate = world.builder.take();
        QCOMPARE(found(estate, "db.orders", {"s3", "lake", {}, {}}), "s3://lake/warehouse/orders");
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::RelationNamesTest)
#include "relation_names_test.moc"
