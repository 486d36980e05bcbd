// SPDX-License-Identifier: Apache-2.0
// The rules follow the connectors' own documentation: Debezium's "Topic names" of each database, the JDBC, Elasticsearch, S3, BigQuery,
// Snowflake, MongoDB, file and mirror connectors.
#include "model/import/operations/connector_lineage.h"

#include "model/import/dataset_name.h"
#include "model/import/operations/connector_routing.h"
#include "model/import/operations/kafka_facts.h"
#include "model/import/operations/operation_values.h"

#include <algorithm>
#include <array>
#include <map>

namespace portolan {

namespace {

constexpr std::string_view classKey = "connector.class";

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// "db-1:5432", or several with commas. What is none may be a piece of a password and is not kept.
bool isHost(std::string_view text)
{
    for (const std::string& host : listFrom(text)) {
        const std::size_t port = host.rfind(':');
        const bool isNumber = port == std::string::npos || host.back() == ']' ||
                              std::all_of(host.begin() + static_cast<std::ptrdiff_t>(port) + 1,
                                          host.end(), [](char c) { return c >= '0' && c <= '9'; });
        const bool isName = std::all_of(host.begin(), host.end(), [](char c) {
            return isWordCharacter(c) ||
                   std::string_view(".-:[]").find(c) != std::string_view::npos;
        });
        if (!isNumber || !isName)
            return false;
    }
    return true;
}

// Credentials and options of a URL are cut away: "mongodb://u:p@host:1/?x=y" is "host:1". Empty when it cannot be told where they end.
std::string hostOf(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    if (scheme != std::string_view::npos)
        url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find_first_of("/?;"));
    if (const std::size_t user = url.rfind('@'); user != std::string_view::npos)
        url.remove_prefix(user + 1);
    return isHost(url) ? std::string(url) : std::string();
}

std::size_t partsOf(std::string_view name)
{
    return name.empty() ? 0
                        : static_cast<std::size_t>(std::count(name.begin(), name.end(), '.')) + 1;
}

std::string lastPart(const std::string& name)
{
    return name.substr(name.rfind('.') + 1);
}

std::string replacedAll(std::string text, std::string_view word, std::string_view with)
{
    for (std::size_t at = text.find(word); at != std::string::npos;
         at = text.find(word, at + with.size()))
        text.replace(at, word.size(), with);
    return text;
}

// Debezium writes '_' for what a topic's name must not hold.
std::string topicName(std::string_view name)
{
    std::string topic(name);
    for (char& c : topic) {
        if (!isWordCharacter(c) && c != '.' && c != '-')
            c = '_';
    }
    return topic;
}

// "a:b,c:d"
std::map<std::string, std::string> pairsFrom(const std::vector<std::string>& list, char separator)
{
    std::map<std::string, std::string> pairs;
    for (const std::string& entry : list) {
        const std::size_t at = entry.find(separator);
        if (at != std::string::npos)
            pairs[std::string(trimmed(entry.substr(0, at)))] =
                std::string(trimmed(entry.substr(at + 1)));
    }
    return pairs;
}

class ConnectorReading {
public:
    explicit ConnectorReading(ConnectorSettings& settings)
        : m_settings(settings), m_class(shortText(settings.value(classKey))), m_routing(settings)
    {
    }

    void run()
    {
        if (m_settings.name().empty()) {
            m_settings.setName(m_class.substr(m_class.rfind('.') + 1));
            m_settings.problem(Severity::Note, "kafka-connect.no-name",
                               "The connector has no name (expected \"name\"). Named after its "
                               "class, \"" +
                                   shortText(m_settings.name()) + "\".",
                               classKey);
        }
        m_place = m_settings.evidence(classKey);
        m_job = m_settings.estate().job("kafka-connect", m_settings.name(), m_place);
        std::string& integration = m_settings.estate().estate().jobs[m_job.value].integration;
        integration = isDebezium() && !isSink() ? "DEBEZIUM" : "KAFKA_CONNECT";
        if (isSink())
            readSink();
        else
            readSource();
        m_settings.reportUnread();
    }

private:
    bool hasClass(std::string_view word) const { return m_class.find(word) != std::string::npos; }

    bool isDebezium() const { return hasClass("io.debezium.") || hasClass("CdcSource"); }

    bool isSink() const
    {
        if (hasClass("SinkConnector") || m_class.ends_with("Sink"))
            return true;
        return !hasClass("Source") && !isDebezium() &&
               (m_settings.has("topics") || m_settings.has("topics.regex"));
    }

    DatasetIndex dataset(const DatasetName& name, std::string_view type, std::string_view key)
    {
        EstateBuilder& estate = m_settings.estate();
        const DatasetIndex dataset =
            estate.dataset(name.platform, name.instance, name.path, m_settings.evidence(key));
        std::string& said = estate.estate().datasets[dataset.value].type;
        if (said.empty())
            said = type;
        return dataset;
    }

    // ---- Sources

    void readSource()
    {
        if (isDebezium())
            readDebezium();
        else if (hasClass("JdbcSource"))
            readJdbcSource();
        else if (hasClass("MongoSource"))
            readMongoSource();
        else if (hasClass("FileStreamSource"))
            readFileSource();
        else if (hasClass("MirrorSource"))
            readMirror();
        else
            readUnknownSource();
    }

    void flow(DatasetIndex from, const std::string& topic, std::string_view key)
    {
        const std::optional<std::string> routed = m_routing.routed(topic);
        if (!routed)
            return;
        const Evidence place = m_settings.evidence(key);
        const DatasetIndex to = addTopic(m_settings.estate(), "", *routed, place);
        m_settings.estate().lineage(from, to, m_job, place);
    }

    struct Database {
        std::string_view word;  // in the class
        std::string_view platform;
        bool hasDatabaseInEntry;  // "database.table", else "schema.table" in one database
    };

    const Database* database() const
    {
        static constexpr std::array<Database, 12> all = {{
            {"MySql", "mysql", true},
            {"MariaDb", "mysql", true},
            {"Mongo", "mongodb", true},
            {"Postgres", "postgres", false},
            {"SqlServer", "sqlserver", false},
            {"Oracle", "oracle", false},
            {"Db2", "db2", false},
            {"Informix", "informix", true},
            {"Vitess", "vitess", true},
            {"Cassandra", "cassandra", true},
            {"Yugabyte", "yugabyte", false},
            {"Spanner", "spanner", true},
        }};
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const Database& one) { return hasClass(one.word); });
        return found == all.end() ? nullptr : &*found;
    }

    std::string databaseHost()
    {
        const std::string& uri = m_settings.first({"mongodb.connection.string", "mongodb.hosts"});
        if (!uri.empty()) {
            const std::string host = hostOf(uri.substr(
                uri.find("://") == std::string::npos ? uri.find('/') + 1 : std::size_t(0)));
            return host;
        }
        std::string host = m_settings.value("database.hostname");
        const std::string& port = m_settings.value("database.port");
        if (!host.empty() && !port.empty())
            host += ":" + port;
        if (isHost(host))
            return host;
        m_settings.unresolved(shortText(m_settings.value("database.hostname")),
                              "a placeholder: which server it is, is not said",
                              "database.hostname");
        return {};
    }

    void readDebezium()
    {
        const Database* kind = database();
        const std::string prefix =
            m_settings.first({"topic.prefix", "database.server.name", "mongodb.name"});
        if (!kind || prefix.empty()) {
            m_settings.unresolved(
                m_class,
                kind ? "it has no topic.prefix: its topics are not known"
                     : "a connector of Debezium that is not known: its tables are not told",
                classKey);
            return;
        }
        m_settings.value("schema.history.internal.kafka.topic");
        std::string listKey;
        for (const std::string_view key : {"table.include.list", "table.whitelist",
                                           "collection.include.list", "collection.whitelist"}) {
            if (listKey.empty() && !m_settings.value(key).empty())
                listKey = key;
        }
        if (listKey.empty()) {
            reportWholeDatabase(prefix);
            return;
        }
        for (const std::string& entry : m_settings.list(listKey)) {
            const std::optional<std::string> name = literalName(entry);
            if (!name)
                m_settings.unresolved(shortText(entry),
                                      "a pattern: which tables it covers is not said", listKey);
            else
                readTable(*kind, prefix, *name, listKey);
        }
    }

    void reportWholeDatabase(const std::string& prefix)
    {
        for (const std::string_view key :
             {"schema.include.list", "schema.whitelist", "database.include.list",
              "database.whitelist", "database.names", "database.dbname"}) {
            if (m_settings.value(key).empty())
                continue;
            for (const std::string& part : m_settings.list(key))
                m_settings.unresolved(part + ".*",
                                      "all tables of it, to topics that begin with \"" + prefix +
                                          "\": which ones is not said",
                                      key);
            return;
        }
        m_settings.unresolved("*",
                              "all tables of the server, to topics that begin with \"" + prefix +
                                  "\": which ones is not said",
                              classKey);
    }

    // The topic is prefix.schema.table, and has the database in it where one connector reads several.
    void readTable(const Database& kind, const std::string& prefix, const std::string& name,
                   std::string_view key)
    {
        std::string delimiter = m_settings.value("topic.delimiter");
        if (delimiter.empty())
            delimiter = ".";
        const std::string host = databaseHost();
        std::vector<std::string> databases = {""};
        bool isInTopic = false;
        if (!kind.hasDatabaseInEntry) {
            databases = {m_settings.first({"database.pdb.name", "database.dbname"})};
            if (!m_settings.value("database.names").empty()) {
                databases = m_settings.list("database.names");
                isInTopic = true;
            }
        }
        for (const std::string& database : databases) {
            const bool isWhole = database.empty() || partsOf(name) > 2;
            const std::string path = isWhole ? name : database + "." + name;
            const DatasetIndex table =
                dataset({std::string(kind.platform), host, path},
                        kind.platform == "mongodb" ? "collection" : "table", key);
            const std::string base = prefix + "." + (isInTopic && !isWhole ? database + "." : "");
            flow(table, topicName(replacedAll(base + name, ".", delimiter)), key);
        }
    }

    void readJdbcSource()
    {
        const std::string& url = m_settings.value("connection.url");
        const std::optional<JdbcPlace> place = jdbcPlaceFrom(url);
        const std::string prefix = m_settings.value("topic.prefix");
        if (!place) {
            m_settings.unresolved("connection.url", "no database can be told from it", classKey);
            return;
        }
        if (!m_settings.value("query").empty()) {
            m_settings.unresolved(
                "query", "a query: its tables are not told, its topic is \"" + prefix + "\"",
                "query");
            addTopicOf(prefix, "topic.prefix");
            return;
        }
        std::string listKey;
        for (const std::string_view key :
             {"table.whitelist", "table.include.list", "tables.included"}) {
            if (listKey.empty() && !m_settings.value(key).empty())
                listKey = key;
        }
        if (listKey.empty()) {
            m_settings.unresolved(place->database + ".*",
                                  "all tables of it, to topics that begin with \"" + prefix + "\"",
                                  "connection.url");
            return;
        }
        for (const std::string& entry : m_settings.list(listKey)) {
            const std::string name = unquotedPath(place->platform, entry);
            const DatasetIndex table = dataset(
                {place->platform, place->instance, inDatabase(*place, name)}, "table", listKey);
            flow(table, prefix + lastPart(name), listKey);
        }
    }

    void addTopicOf(const std::string& topic, std::string_view key)
    {
        if (topic.empty())
            return;
        if (const std::optional<std::string> routed = m_routing.routed(topic))
            addTopic(m_settings.estate(), "", *routed, m_settings.evidence(key));
    }

    static std::string inDatabase(const JdbcPlace& place, const std::string& name)
    {
        // MySQL's "database.table" is whole with two parts.
        const std::size_t whole = place.platform == "mysql" ? 2 : 3;
        return place.database.empty() || partsOf(name) >= whole ? name
                                                                : place.database + "." + name;
    }

    void readMongoSource()
    {
        const std::string host = hostOf(m_settings.value("connection.uri"));
        const std::string database = m_settings.value("database");
        const std::string collection = m_settings.value("collection");
        const std::string prefix = m_settings.value("topic.prefix");
        if (database.empty() || collection.empty()) {
            m_settings.unresolved(database.empty() ? "*" : database + ".*",
                                  "all collections of it: which ones is not said", classKey);
            return;
        }
        const std::string name = database + "." + collection;
        flow(dataset({"mongodb", host, name}, "collection", "collection"),
             (prefix.empty() ? "" : prefix + ".") + name, "collection");
    }

    void readFileSource()
    {
        const std::string file = m_settings.value("file");
        const std::string topic = m_settings.value("topic");
        if (file.empty() || topic.empty())
            m_settings.unresolved(m_class, "it names no file or no topic", classKey);
        else
            flow(dataset({"file", "", file}, "file", "file"), topic, "topic");
    }

    // Topics of one cluster into another, there behind the first one's name.
    void readMirror()
    {
        const std::string from = m_settings.value("source.cluster.alias");
        const std::string to = m_settings.value("target.cluster.alias");
        for (const std::string& entry : m_settings.list("topics")) {
            const std::optional<std::string> name = literalName(entry);
            if (!name) {
                m_settings.unresolved(shortText(entry),
                                      "a pattern: which topics it covers is not said", "topics");
                continue;
            }
            const Evidence place = m_settings.evidence("topics");
            const bool isSame =
                m_settings.value("replication.policy.class").ends_with("IdentityReplicationPolicy");
            const std::string there = isSame || from.empty() ? *name : from + "." + *name;
            m_settings.estate().lineage(addTopic(m_settings.estate(), from, *name, place),
                                        addTopic(m_settings.estate(), to, there, place), m_job,
                                        place);
        }
    }

    void readUnknownSource()
    {
        m_settings.unresolved(m_class,
                              "a source connector that is not known: what it reads is "
                              "not told",
                              classKey);
        for (const std::string_view key : {"topic", "kafka.topic", "topics"}) {
            for (const std::string& topic : m_settings.list(key))
                addTopicOf(topic, key);
        }
    }

    // ---- Sinks

    void readSink()
    {
        if (!m_settings.value("topics.regex").empty())
            m_settings.unresolved(shortText(m_settings.value("topics.regex")),
                                  "a pattern: which topics it covers is not said", "topics.regex");
        TopicUser user;
        user.id = m_settings.name();
        user.type = "connector";
        m_map = pairsFrom(m_settings.list("topic.index.map"), ':');
        for (const std::string_view key :
             {"snowflake.topic2table.map", "topic2TableMap", "topic.to.external.collection.map"}) {
            for (auto& [topic, table] : pairsFrom(m_settings.list(key), ':'))
                m_map.insert_or_assign(topic, table);
        }
        for (const std::string& topic : m_settings.list("topics")) {
            const Evidence place = m_settings.evidence("topics");
            const DatasetIndex from = addTopic(m_settings.estate(), "", topic, place);
            addTopicReader(m_settings.estate(), user, from, place, "consumes");
            if (const std::optional<std::string> name = m_routing.routed(topic))
                readTarget(from, *name);
        }
    }

    void readTarget(DatasetIndex from, const std::string& topic)
    {
        const auto known = m_map.find(topic);
        const std::string name = known == m_map.end() ? topic : known->second;
        const std::optional<std::pair<DatasetName, std::string_view>> target =
            targetOf(name, known != m_map.end());
        if (!target || target->first.path.empty())
            return;
        m_settings.estate().lineage(from, dataset(target->first, target->second, "topics"), m_job,
                                    m_settings.evidence("topics"));
    }

    using Target = std::optional<std::pair<DatasetName, std::string_view>>;

    Target targetOf(const std::string& name, bool isMapped)
    {
        if (hasClass("Jdbc"))
            return jdbcTarget(name);
        if (hasClass("Elasticsearch") || hasClass("OpenSearch") || hasClass("Opensearch"))
            return {{{hasClass("Elastic") ? "elasticsearch" : "opensearch",
                      hostOf(listFrom(m_settings.value("connection.url")).empty()
                                 ? std::string()
                                 : listFrom(m_settings.value("connection.url")).front()),
                      lowerCase(name)},
                     "index"}};
        if (hasClass("S3Sink"))
            return bucketTarget("s3", m_settings.first({"s3.bucket.name", "aws.s3.bucket.name"}),
                                name);
        if (hasClass("Gcs") || hasClass("GCS"))
            return bucketTarget("gs", m_settings.value("gcs.bucket.name"), name);
        if (hasClass("BigQuery"))
            return bigQueryTarget(name);
        if (hasClass("Snowflake"))
            return snowflakeTarget(name, isMapped);
        if (hasClass("Mongo"))
            return mongoTarget(name);
        if (hasClass("FileStreamSink") && !m_settings.value("file").empty())
            return {{{"file", "", m_settings.value("file")}, "file"}};
        m_settings.unresolved(
            m_class, "a sink connector that is not known: where it writes is not told", classKey);
        return std::nullopt;
    }

    Target jdbcTarget(const std::string& topic)
    {
        const std::optional<JdbcPlace> place = jdbcPlaceFrom(m_settings.value("connection.url"));
        if (!place) {
            m_settings.unresolved("connection.url", "no database can be told from it", classKey);
            return std::nullopt;
        }
        std::string format = m_settings.first({"collection.name.format", "table.name.format"});
        if (format.empty())
            format = "${topic}";
        // Debezium's own sink makes one name of a topic's parts.
        const bool isDebezium = hasClass("io.debezium.");
        const std::string table =
            replacedAll(format, "${topic}", isDebezium ? replacedAll(topic, ".", "_") : topic);
        if (table.find("${") != std::string::npos) {
            m_settings.unresolved(table, "the table's name is taken from the record",
                                  m_settings.has("table.name.format") ? "table.name.format"
                                                                      : "collection.name.format");
            return std::nullopt;
        }
        return {{{place->platform, place->instance,
                  inDatabase(*place, unquotedPath(place->platform, table))},
                 "table"}};
    }

    Target bucketTarget(std::string platform, const std::string& bucket, const std::string& topic)
    {
        std::string folder = m_settings.value("topics.dir");
        if (folder.empty())
            folder = "topics";
        if (bucket.empty()) {
            m_settings.unresolved(m_class, "it names no bucket", classKey);
            return std::nullopt;
        }
        return {{{std::move(platform), bucket, folder + "/" + topic}, "file"}};
    }

    Target bigQueryTarget(const std::string& topic)
    {
        std::string set = m_settings.value("defaultDataset");
        std::string table = topic;
        for (char& c : table)
            c = isWordCharacter(c) ? c : '_';
        if (const std::size_t mark = set.find(':'); mark != std::string::npos)
            set = set.substr(mark + 1);
        const std::string& project = m_settings.value("project");
        if (project.empty() || set.empty()) {
            m_settings.unresolved(m_class, "it names no project or no default dataset", classKey);
            return std::nullopt;
        }
        return {{{"bigquery", "", project + "." + set + "." + table}, "table"}};
    }

    Target snowflakeTarget(const std::string& name, bool isMapped)
    {
        const bool isPlain = !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
                             std::all_of(name.begin(), name.end(), isWordCharacter);
        if (!isPlain && !isMapped) {
            m_settings.unresolved(name, "the connector makes a table's name of its own from it",
                                  "topics");
            return std::nullopt;
        }
        std::string account = hostOf(m_settings.value("snowflake.url.name"));
        account = account.substr(0, account.find(".snowflakecomputing.com"));
        const std::string path = m_settings.value("snowflake.database.name") + "." +
                                 m_settings.value("snowflake.schema.name") + "." + name;
        return {{{"snowflake", account, unquotedPath("snowflake", path)}, "table"}};
    }

    Target mongoTarget(const std::string& topic)
    {
        const std::string& collection = m_settings.value("collection");
        const std::string& database = m_settings.value("database");
        if (database.empty()) {
            m_settings.unresolved(m_class, "it names no database", classKey);
            return std::nullopt;
        }
        return {{{"mongodb", hostOf(m_settings.value("connection.uri")),
                  database + "." + (collection.empty() ? topic : collection)},
                 "collection"}};
    }

    ConnectorSettings& m_settings;
    const std::string m_class;
    TopicRouting m_routing;
    Evidence m_place;
    JobIndex m_job;
    std::map<std::string, std::string> m_map;  // topic to table or index
};

}  // namespace

void readConnector(ConnectorSettings& settings)
{
    ConnectorReading(settings).run();
}

std::optional<JdbcPlace> jdbcPlaceFrom(std::string_view url)
{
    if (!url.starts_with("jdbc:"))
        return std::nullopt;
    url.remove_prefix(5);
    const std::size_t colon = url.find(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const std::string scheme = lowerCase(url.substr(0, colon));
    JdbcPlace place;
    place.platform = fromNamespace(scheme + "://x", "").platform;
    std::string_view rest = url.substr(colon + 1);
    if (scheme == "sqlite") {
        place.database = rest.substr(0, rest.find('?'));
        return place;
    }
    // "thin:@//host:1521/service", "thin:@host:1521:sid", with "user/password" before the '@'.
    if (scheme == "oracle") {
        const std::size_t user = rest.rfind('@');
        if (user == std::string_view::npos || rest.substr(user + 1).starts_with("("))
            return std::nullopt;
        rest.remove_prefix(user + 1);
        if (rest.starts_with("//"))
            rest.remove_prefix(2);
        const std::size_t port = rest.find(':');
        const std::size_t end =
            port == std::string_view::npos ? rest.find('/') : rest.find_first_of(":/", port + 1);
        place.instance = rest.substr(0, end);
        if (!isHost(place.instance))
            return std::nullopt;
        if (end != std::string_view::npos)
            place.database = rest.substr(end + 1, rest.find_first_of("?;", end + 1) - end - 1);
        return place;
    }
    const std::size_t host = rest.find("//");
    if (host == std::string_view::npos)
        return std::nullopt;
    rest.remove_prefix(host);
    place.instance = hostOf("x:" + std::string(rest));
    if (place.instance.empty())
        return std::nullopt;
    if (scheme == "sqlserver") {
        for (const std::string& option : listFrom(rest, ';')) {
            const std::size_t equals = option.find('=');
            const std::string key = lowerCase(trimmed(option.substr(0, equals)));
            if (equals != std::string::npos && (key == "databasename" || key == "database"))
                place.database = std::string(trimmed(option.substr(equals + 1)));
        }
        return place;
    }
    const std::size_t slash = rest.find('/', 2);
    if (slash != std::string_view::npos)
        place.database = rest.substr(slash + 1, rest.find_first_of("?;/", slash + 1) - slash - 1);
    return place;
}

std::optional<std::string> literalName(std::string_view entry)
{
    std::string name;
    for (std::size_t i = 0; i < entry.size(); ++i) {
        const char c = entry[i];
        if (c == '\\' && i + 1 < entry.size() && !isWordCharacter(entry[i + 1])) {
            name += entry[++i];
        } else if (isWordCharacter(c) || c == '-' || c == ' ' || c == '#' ||
                   (static_cast<unsigned char>(c) & 0x80) != 0) {
            name += c;
        } else if (c == '.') {
            // "." before "*" and the like begins a pattern; else it parts schema and table.
            if (i + 1 < entry.size() &&
                std::string_view("*+?{").find(entry[i + 1]) != std::string_view::npos)
                return std::nullopt;
            name += c;
        } else {
            return std::nullopt;
        }
    }
    return name.empty() ? std::nullopt : std::optional(name);
}

}  // namespace portolan
