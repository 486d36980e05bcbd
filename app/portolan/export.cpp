// SPDX-License-Identifier: Apache-2.0
#include "app/portolan/export.h"

#include "app/portolan/arguments.h"

#include <cstdio>

int runExport(int, char**, const Arguments& arguments)
{
    std::fprintf(stderr, "portolan: the view %s cannot be exported yet\n", arguments.view.c_str());
    return 2;
}
