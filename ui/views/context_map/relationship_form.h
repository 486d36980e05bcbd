// SPDX-License-Identifier: Apache-2.0
// The small form that a drawn relationship asks: its pattern, its roles, the products. What the rules of context maps exclude is greyed
// with the reason, what is chosen is told in the words of the two contexts, and below stands what the rules would find. Not modal: the
// map stays in reach.
#pragma once

#include "model/analysis/rules/legal_choices.h"
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
class QVBoxLayout;
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
    void addRole(QCheckBox*& box, PlainLabel*& words, const char* name, const QString& text,
                 QVBoxLayout* roles);
    void showRowsOf(RelationshipType type);
    void takeChange();
    void offerChoices();
    void offerOnce();
    void offerTypes(const std::vector<RelationshipChoice>& choices);
    void offerUpstreamRole(QCheckBox* box, PlainLabel* words, const RelationshipChoice& choice);
    void offerDownstreamRoles(const std::vector<RelationshipChoice>& choices);
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
    PlainLabel* m_typeWords = nullptr;
    PlainLabel* m_upstreamLabel = nullptr;
    QCheckBox* m_openHost = nullptr;
    PlainLabel* m_openHostWords = nullptr;
    QCheckBox* m_publishedLanguage = nullptr;
    PlainLabel* m_publishedLanguageWords = nullptr;
    PlainLabel* m_downstreamLabel = nullptr;
    QComboBox* m_downstreamRole = nullptr;
    PlainLabel* m_downstreamWords = nullptr;
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
