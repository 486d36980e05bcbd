// SPDX-License-Identifier: Apache-2.0
// The small form that a drawn relationship asks: its pattern, the roles that may be drawn, the products. It offers nothing that the
// rules of context maps exclude by construction, and says what the others would find. Not modal: the map stays in reach.
#pragma once

#include "model/analysis/rules/rule.h"
#include "model/estate/estate.h"
#include "model/map/context_map.h"

#include <QFrame>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLineEdit;
class QListWidget;
class QPushButton;
class QToolButton;

namespace portolan::ui {

class PlainLabel;

// What the rules find on the map with this relationship, beyond what they find without it. An id says which one is replaced.
std::vector<Finding> consequences(const ContextMap& map, const Relationship& relationship);

class RelationshipForm : public QFrame {
    Q_OBJECT

public:
    explicit RelationshipForm(QWidget* parent);

    // Opens beside a place of the parent, for a new relationship or (with an id) to change one.
    void open(const ContextMap& map, EstatePtr estate, const Relationship& relationship,
              const QPoint& at);
    Relationship relationship() const;
    const Relationship& start() const { return m_start; }
    void dismiss();

signals:
    void accepted(const portolan::Relationship& relationship);
    void closed();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void createHead(QGridLayout* grid);
    void createRoles(QGridLayout* grid);
    void createTexts(QGridLayout* grid);
    void createFoot(QGridLayout* grid);
    void fill();
    void fillProducts();
    void offerWhatMayBeDrawn();
    void showConsequences();
    void turnRound();
    void accept();
    void fitInside();

    ContextMap m_map;
    EstatePtr m_estate;
    Relationship m_start;
    ContextId m_upstream;
    ContextId m_downstream;
    QPoint m_at;
    bool m_isFilling = false;
    PlainLabel* m_title = nullptr;
    PlainLabel* m_ends = nullptr;
    QToolButton* m_turn = nullptr;
    QComboBox* m_type = nullptr;
    PlainLabel* m_upstreamLabel = nullptr;
    QWidget* m_upstreamRoles = nullptr;
    QCheckBox* m_openHost = nullptr;
    QCheckBox* m_publishedLanguage = nullptr;
    PlainLabel* m_downstreamLabel = nullptr;
    QComboBox* m_downstreamRole = nullptr;
    PlainLabel* m_productsLabel = nullptr;
    QListWidget* m_products = nullptr;
    PlainLabel* m_noProducts = nullptr;
    PlainLabel* m_adoptsLabel = nullptr;
    QLineEdit* m_adopts = nullptr;
    QLineEdit* m_name = nullptr;
    QWidget* m_consequences = nullptr;
    QPushButton* m_accept = nullptr;
};

}  // namespace portolan::ui
