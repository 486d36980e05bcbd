// SPDX-License-Identifier: Apache-2.0
// Where the files lie that come with the program: the example and the manual.
#pragma once

#include <QString>

namespace portolan::ui {

// The installed folder (share/portolan), else `resources` of the source tree that the program was built in; empty when neither is.
QString resourcesFolder();

}  // namespace portolan::ui
