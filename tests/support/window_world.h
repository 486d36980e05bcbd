// SPDX-License-Identifier: Apache-2.0
// A window in a world of its own: a temporary folder with a small map, its own state and settings.
#pragma once

#include "ui/base/appearance.h"
#include "ui/session/session.h"
#include "ui/shell/main_window.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace portolan::tests {

inline const QByteArray smallMap = R"({
  "portolan": 1,
  "name": "Small",
  "domains": [
    {"id": "party", "name": "Party", "kind": "core"},
    {"id": "claims", "name": "Claims"}
  ],
  "teams": [
    {"id": "party-core", "name": "Party Core team"}
  ],
  "contexts": [
    {
      "id": "party-management",
      "name": "Party Management",
      "domain": "party",
      "team": "party-core",
      "purpose": "Who a party is.",
      "terms": [
        {"name": "Party", "definition": "A person or an organisation"}
      ]
    },
    {
      "id": "claims-handling",
      "name": "Claims Handling",
      "domain": "claims"
    }
  ],
  "products": [
    {"id": "party-profile", "name": "PartyProfile", "context": "party-management", "kind": "state"}
  ],
  "relationships": [
    {
      "id": "party-to-claims",
      "type": "upstream-downstream",
      "upstream": "party-management",
      "downstream": "claims-handling",
      "upstreamRoles": ["OHS", "PL"],
      "downstreamRoles": ["ACL"],
      "exposes": ["party-profile"]
    }
  ]
}
)";

class WindowWorld {
public:
    WindowWorld() { write(smallMap); }

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString mapPath() const { return path(QStringLiteral("map.json")); }

    void write(const QByteArray& text) const
    {
        QFile file(mapPath());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(text), text.size());
    }
    QByteArray onDisk() const
    {
        QFile file(mapPath());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
    }

    std::unique_ptr<ui::MainWindow> window() const
    {
        return std::make_unique<ui::MainWindow>(
            ui::MainWindow::Places{path(QStringLiteral("state")).toStdString(),
                                   path(QStringLiteral("settings.ini")), QString()},
            nullptr);
    }
    // A shown window with the map open.
    std::unique_ptr<ui::MainWindow> openWindow() const
    {
        auto made = window();
        made->show();
        made->openPaths({mapPath()});
        [&made] { QTRY_VERIFY(made->session()->document()); }();
        return made;
    }

private:
    QTemporaryDir m_folder;
};

// The child of that name; the test fails when there is none.
template <class Widget>
Widget* child(const QObject* parent, const char* name)
{
    auto* found = parent->findChild<Widget*>(QString::fromUtf8(name));
    if (!found)
        QTest::qFail(name, __FILE__, __LINE__);
    return found;
}

}  // namespace portolan::tests
