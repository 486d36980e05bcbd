// SPDX-License-Identifier: Apache-2.0
#include "model/import/operations/kafka_facts.h"

#include "model/import/operations/operation_values.h"

#include <algorithm>
#include <array>
#include <limits>

namespace portolan {

bool isInternalTopic(std::string_view topic)
{
    static constexpr std::array<std::string_view, 4> known = {
        "__consumer_offsets", "__transaction_state", "__cluster_metadata", "__share_group_state"};
    return std::find(known.begin(), known.end(), topic) != known.end();
}

DatasetIndex addTopic(EstateBuilder& estate, std::string_view cluster, std::string_view topic,
                      const Evidence& evidence)
{
    const DatasetIndex dataset = topicDataset(estate, cluster, topic, evidence);
    Channel channel;
    channel.name = topic;
    channel.address = topic;
    channel.protocol = "kafka";
    channel.dataset = dataset;
    channel.evidence = evidence;
    estate.fact(std::move(channel));
    return dataset;
}

void addTopicReader(EstateBuilder& estate, const TopicUser& user, DatasetIndex topic,
                    const Evidence& evidence, std::string_view by)
{
    Consumer consumer;
    consumer.id = user.id;
    consumer.name = user.name.empty() ? user.id : user.name;
    consumer.owner = user.owner;
    consumer.type = user.type;
    consumer.reads = {topic};
    consumer.evidence = evidence;
    estate.consumer(std::move(consumer));
    Adoption adoption;
    adoption.consumer = user.id;
    adoption.thing = estate.estate().datasets[topic.value].path;
    adoption.by = by;
    adoption.evidence = evidence;
    estate.fact(std::move(adoption));
}

void addTopicWriter(EstateBuilder& estate, const TopicUser& user, DatasetIndex topic,
                    const Evidence& evidence)
{
    ObservedRoute route;
    route.from = user.id;
    route.product = estate.estate().datasets[topic.value].path;
    route.evidence = evidence;
    estate.fact(std::move(route));
}

GroupUsage::Group& GroupUsage::group(const std::string& name, const Evidence& evidence)
{
    const auto [place, isNew] = m_groups.try_emplace(name);
    if (isNew)
        place->second.evidence = evidence;
    return place->second;
}

void GroupUsage::add(const Row& row, const Evidence& evidence)
{
    Group& reader = group(row.group, evidence);
    if (!row.member.empty())
        reader.members.insert(row.member);
    if (row.topic.empty())
        return;
    reader.isListed = m_namesMembers;
    const auto [place, isNew] = m_topics.try_emplace({row.cluster, row.group, row.topic});
    Topic& topic = place->second;
    if (isNew)
        topic.evidence = evidence;
    if (!row.lag) {
        ++m_rowsWithoutLag;
        return;
    }
    topic.hasLag = true;
    if (__builtin_add_overflow(topic.lag, *row.lag, &topic.lag))
        topic.lag = std::numeric_limits<std::int64_t>::max();
}

void GroupUsage::addGroup(const std::string& name, std::optional<std::int64_t> members,
                          const Evidence& evidence)
{
    Group& reader = group(name, evidence);
    if (members)
        reader.memberCount = members;
}

void GroupUsage::finish()
{
    EstateBuilder& estate = m_context.estate();
    for (const auto& [key, topic] : m_topics) {
        const auto& [cluster, name, path] = key;
        const DatasetIndex dataset = addTopic(estate, cluster, path, topic.evidence);
        if (topic.hasLag) {
            Observation lag;
            lag.subject = path;
            lag.dataset = dataset;
            lag.consumer = name;
            lag.metric = "lag";
            lag.value = std::to_string(topic.lag);
            lag.unit = "records";
            lag.evidence = topic.evidence;
            estate.fact(std::move(lag));
        }
        if (name.empty())
            continue;
        m_groups[name].reads.push_back(dataset);
        Adoption adoption;
        adoption.consumer = name;
        adoption.thing = path;
        adoption.by = "consumer-group";
        adoption.evidence = topic.evidence;
        estate.fact(std::move(adoption));
    }
    for (auto& [name, reader] : m_groups) {
        if (name.empty())
            continue;
        Consumer consumer;
        consumer.id = name;
        consumer.name = name;
        consumer.type = "consumer-group";
        consumer.reads = reader.reads;
        consumer.evidence = reader.evidence;
        estate.consumer(std::move(consumer));
        std::optional<std::int64_t> members = reader.memberCount;
        if (!members && (reader.isListed || !reader.members.empty()))
            members = static_cast<std::int64_t>(reader.members.size());
        if (!members)
            continue;
        Observation active;
        active.subject = name;
        active.consumer = name;
        active.metric = "active-members";
        active.value = std::to_string(*members);
        active.evidence = reader.evidence;
        estate.fact(std::move(active));
    }
    m_topics.clear();
    m_groups.clear();
}

}  // namespace portolan
