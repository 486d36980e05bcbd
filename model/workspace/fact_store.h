// SPDX-License-Identifier: Apache-2.0
// The facts of each source as rows of the workspace: written whole in one transaction, read back with every value checked. Each
// source's rows give the estate that its import gave, number for number.
#pragma once

#include "model/base/result.h"
#include "model/estate/estate.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace portolan {

class Database;
class ImportRecord;

// One source's own row.
struct StoredSource {
    std::int64_t id = 0;  // below 0: a former one
    std::string
        file;       // where it is: relative to the workspace's folder when below it, else absolute
    Source source;  // without counts and problems, which are rows of their own
    std::string reader;  // version of the program that read it
    // The file's marks when it was read, to see without reading that it is the same; modifiedNs is 0 when they cannot be trusted.
    std::int64_t inode = 0;
    std::int64_t modifiedNs = 0;
    std::int64_t factsHash = 0;  // of all its rows: what tells a decayed disk
};

// In the order in which the sources are merged: by path, then by file.
Result<std::vector<StoredSource>> storedSources(Database& database);
// As they were after an import, former ones among them.
Result<std::vector<StoredSource>> storedSourcesAsOf(Database& database, std::int64_t import);

// By source id: the other files that were read for it.
std::unordered_map<std::int64_t, std::vector<ReadAlso>> storedReadAlso(Database& database);

// Puts a source's facts in the place of what is there from the same file, in one transaction; that becomes a former source, unless it
// said the same. `estate` holds this source alone.
Result<> storeSource(Database& database, StoredSource stored, const Estate& estate,
                     ImportRecord& record);
Result<> updateMarks(Database& database, const StoredSource& stored);
// It becomes a former source.
Result<> dropSource(Database& database, std::int64_t id, ImportRecord& record);
// Those that no state since that import needs. Within a transaction.
void forgetPastSources(Database& database, std::int64_t firstKept);

// The estate of one source, or of each of them in the order asked for. "workspace.damaged" names a source whose rows are not what
// was written.
Result<Estate> loadSource(Database& database, const StoredSource& stored);
Result<std::vector<Estate>> loadSources(Database& database,
                                        const std::vector<StoredSource>& stored);

}  // namespace portolan
