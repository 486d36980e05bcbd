// SPDX-License-Identifier: Apache-2.0
// Which libraries the programs load: a pipeline has no display, and Graphviz stays in a process (and under a licence) of its own.
#include "tests/programs/portolanctl.h"

namespace portolan::tests {
namespace {

std::string librariesOf(const std::string& program)
{
    return runProgram("ldd", {.arguments = {program}}).out;
}

bool links(const std::string& libraries, const std::string& name)
{
    return libraries.find(name) != std::string::npos;
}

}  // namespace

class PortolanctlLinksNoGuiTest : public QObject {
    Q_OBJECT

private slots:
    void needsNoDisplay()
    {
        const std::string libraries = librariesOf(PORTOLANCTL);
        QVERIFY2(links(libraries, "libc.so"), libraries.c_str());
        for (const char* name : {"libQt6Gui", "libQt6Widgets", "libX11", "libxcb", "libwayland",
                                 "libGL", "libgvc", "libcgraph"})
            QVERIFY2(!links(libraries, name), name);
    }

    void keepsGraphvizOutOfTheWindow()
    {
#ifdef PORTOLAN
        const std::string libraries = librariesOf(PORTOLAN);
        QVERIFY2(links(libraries, "libQt6Widgets"), libraries.c_str());
        QVERIFY(!links(libraries, "libgvc"));
        QVERIFY(!links(libraries, "libcgraph"));
#else
        QSKIP("the window is not built");
#endif
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlLinksNoGuiTest)
#include "portolanctl_links_no_gui_test.moc"
