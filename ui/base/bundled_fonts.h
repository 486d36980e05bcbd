// SPDX-License-Identifier: Apache-2.0
// The face that comes with the program: every canvas and export is drawn in it, so that a picture is the same on each machine.
#pragma once

class QString;

namespace portolan::ui {

// Its family, loaded with the first call; needs a QGuiApplication. Empty when it could not be loaded.
const QString& bundledFamily();

}  // namespace portolan::ui
