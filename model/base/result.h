// SPDX-License-Identifier: Apache-2.0
// The answer of a function that may not be able to do what it was asked: a value, or the one Problem that says why not.
// What was merely noticed on the way is handed on beside the value, as a list of Problem.
#pragma once

#include "model/base/problem.h"

#include <tl/expected.hpp>

namespace portolan {

template <class T = void>
using Result = tl::expected<T, Problem>;

}  // namespace portolan
