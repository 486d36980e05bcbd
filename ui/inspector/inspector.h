// SPDX-License-Identifier: Apache-2.0
// Everything about the selected thing, in sections; what was declared can be edited here, each edit one undo step.
#pragma once

#include "model/base/entity_ref.h"

#include <QSet>
#include <QTimer>
#include <QWidget>

#include <vector>

class QScrollArea;
class QStackedLayout;

namespace portolan::ui {

class Session;

class Inspector : public QWidget {
    Q_OBJECT

public:
    explicit Inspector(Session* session, QWidget* parent = nullptr);

private:
    void refresh();

    Session* m_session;
    QStackedLayout* m_stack = nullptr;
    QWidget* m_empty = nullptr;
    QScrollArea* m_scroll = nullptr;
    QTimer m_refreshTimer;
    QSet<QString> m_folded;  // sections that the user has closed
    std::vector<EntityRef> m_shown;
};

}  // namespace portolan::ui
