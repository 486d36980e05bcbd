// SPDX-License-Identifier: Apache-2.0
// What the importers of this group share: values as one short line, times, lists in one text, topics as datasets.
#pragma once

#include "model/base/ascii_text.h"
#include "model/import/importer.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

// A value as one line without the blanks of its layout: {"a":1,"b":[1,2]}. Longer ones end with "...".
std::string shortText(const DataNode& node);
std::string shortText(std::string_view text);

// "20200322T170247.671855Z" as "2020-03-22T17:02:47.671855Z"; everything else as it is spelt.
std::string isoTime(std::string_view text);

// Milliseconds or seconds since 1970 as ISO 8601; empty when that is no time between the years 1970 and 2286.
std::string timeFromSeconds(double seconds);

std::string_view trimmed(std::string_view text);

// "orders" of "streams/orders.txt": what a file without a name of its own is called by.
std::string stemOf(std::string_view file);

// The parts between separators, trimmed; empty ones are left out.
std::vector<std::string> listFrom(std::string_view text, char separator = ',');

// Counts every member whose key is not in `read` and that holds something, as ignored, by its key behind the prefix.
void reportUnread(ImportContext& context, const DataNode& object, std::string_view read,
                  std::string_view reason, std::string_view prefix = {});

// kafka / cluster / topic, of type "topic".
DatasetIndex topicDataset(EstateBuilder& estate, std::string_view cluster, std::string_view topic,
                          const Evidence& evidence);

// The lines of a text without their ends, numbered from 1.
class TextLines {
public:
    explicit TextLines(std::string_view text) : m_text(text) {}
    bool next();
    std::string_view line() const { return m_line; }
    int number() const { return m_number; }

private:
    std::string_view m_text;
    std::string_view m_line;
    std::size_t m_at = 0;
    int m_number = 0;
};

// What stands between blanks.
std::vector<std::string_view> wordsOf(std::string_view line);

}  // namespace portolan
