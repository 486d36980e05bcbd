// SPDX-License-Identifier: Apache-2.0
// Keeps what was understood of queries, so that opening a workspace does not read them again. It may be lost: it is only dearer then.
#pragma once

#include "model/base/result.h"
#include "model/import/sql_lineage_facts.h"

namespace portolan {

class Database;

// Empty when the workspace is of a version that keeps none.
KnownQueries storedQueries(Database& database);
Result<> storeQueries(Database& database, const SqlLineageOutcome& outcome);

}  // namespace portolan
