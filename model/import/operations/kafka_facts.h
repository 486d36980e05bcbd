// SPDX-License-Identifier: Apache-2.0
// Topics and consumer groups as the listings and declarations of Kafka name them: the same facts whichever tool wrote them.
#pragma once

#include "model/import/importer.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace portolan {

// Kafka's own: "__consumer_offsets" and the like, which no one calls a dataset.
bool isInternalTopic(std::string_view topic);

// A topic: a dataset, and a channel whose address is the topic's name.
DatasetIndex addTopic(EstateBuilder& estate, std::string_view cluster, std::string_view topic,
                      const Evidence& evidence);

// Who may or does read and write a topic, as a declaration says it.
struct TopicUser {
    std::string id;    // "User:app", a service, a connector
    std::string type;  // "principal", "service", "connector", "consumer-group" ...
    std::string name = {};
    std::string owner = {};
};
void addTopicReader(EstateBuilder& estate, const TopicUser& user, DatasetIndex topic,
                    const Evidence& evidence, std::string_view by = "acl");
void addTopicWriter(EstateBuilder& estate, const TopicUser& user, DatasetIndex topic,
                    const Evidence& evidence);

// What consumer groups read and how far behind they are. Rows are those of single partitions; the lag is kept as the sum for each
// group and topic.
class GroupUsage {
public:
    // `namesMembers`: rows without a member mean that nobody reads the partition, not that the listing does not say who.
    explicit GroupUsage(ImportContext& context, bool namesMembers = true)
        : m_context(context), m_namesMembers(namesMembers)
    {
    }

    struct Row {
        std::string cluster;
        std::string group;  // empty: the listing does not say
        std::string topic;
        std::optional<std::int64_t> lag;  // none: nothing committed yet
        std::string member;               // empty: nobody reads the partition now
    };
    void add(const Row& row, const Evidence& evidence);
    // A group that is named without topics, with the number of its members when that is known.
    void addGroup(const std::string& group, std::optional<std::int64_t> members,
                  const Evidence& evidence);
    void finish();  // makes the facts

    std::int64_t rowsWithoutLag() const { return m_rowsWithoutLag; }

private:
    struct Topic {
        std::int64_t lag = 0;
        bool hasLag = false;
        Evidence evidence;
    };
    struct Group {
        std::set<std::string> members;
        std::optional<std::int64_t> memberCount;
        bool isListed = false;  // with partitions: then members are known, even when there are none
        std::vector<DatasetIndex> reads;
        Evidence evidence;
    };
    using Key = std::tuple<std::string, std::string, std::string>;  // cluster, group, topic

    Group& group(const std::string& name, const Evidence& evidence);

    ImportContext& m_context;
    bool m_namesMembers;
    std::map<Key, Topic> m_topics;
    std::map<std::string, Group> m_groups;
    std::int64_t m_rowsWithoutLag = 0;
};

}  // namespace portolan
