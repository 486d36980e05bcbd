// SPDX-License-Identifier: Apache-2.0
// The rules by which a workspace's file is opened: it may come from anywhere, so it is looked at before anything in it is used.
#pragma once

#include "model/base/result.h"
#include "model/workspace/database.h"
#include "model/workspace/workspace_lock.h"

#include <memory>
#include <string>

namespace portolan {

struct OpenedWorkspace {
    std::unique_ptr<Database> database;
    WorkspaceLock lock;
    bool isReadOnly = true;
};

// Makes the file when it is missing and may be written.
Result<OpenedWorkspace> openWorkspace(const std::string& path, bool mayWrite);

// SQLite's log for several readers beside a writer needs memory that both share, so not one over a network.
enum class Journal { WriteAheadLog, Rollback };
Journal journalFor(std::int64_t fileSystemType);  // statfs::f_type
Journal journalAt(const std::string& path);

// Before a long piece of writing, and after it: then the file is whole again without any side file, unless somebody reads in it.
void beginWriting(Database& database);
void endWriting(Database& database);

}  // namespace portolan
