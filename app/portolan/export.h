// SPDX-License-Identifier: Apache-2.0
// portolan export: a view as a picture, with no display.
#pragma once

struct Arguments;

// The exit code: 0 written, 2 not done.
int runExport(int argc, char** argv, const Arguments& arguments);
