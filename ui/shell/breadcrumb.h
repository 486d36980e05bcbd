// SPDX-License-Identifier: Apache-2.0
// Where the selection stands: map, domain, context, product. Each part is a menu of its siblings.
#pragma once

#include "model/base/entity_ref.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace portolan {
struct ContextMap;
}

namespace portolan::ui {

class Session;

struct Crumb {
    QString text;
    std::optional<EntityRef> entity;  // none: the map itself
    std::vector<EntityRef> siblings;  // itself among them
};
// From the map down to the entity.
std::vector<Crumb> crumbsOf(const Session& session, const std::optional<EntityRef>& entity);

class Breadcrumb : public QWidget {
    Q_OBJECT

public:
    explicit Breadcrumb(Session* session, QWidget* parent = nullptr);

    void refresh();

private:
    void add(const Crumb& crumb, bool isLast);
    void showSiblings(const Crumb& crumb, const QPoint& at);

    Session* m_session;
};

}  // namespace portolan::ui
