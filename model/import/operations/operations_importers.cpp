// SPDX-License-Identifier: Apache-2.0
// The importers of this group: results of checks, Kafka, measurements.
#include "model/import/importers.h"

namespace portolan {

void addOperationImporters(Importers&)
{
}

}  // namespace portolan
