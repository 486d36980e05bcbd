// SPDX-License-Identifier: Apache-2.0
// Ctrl+C asks the work to stop; a second one ends the program at once, as ever.
#pragma once

#include "model/base/progress.h"

namespace portolan::ctl {

// `progress` must live as long as the program.
void stopOnInterrupt(Progress& progress);

}  // namespace portolan::ctl
