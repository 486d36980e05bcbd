// SPDX-License-Identifier: Apache-2.0
// The small form that a drawn relationship asks: its pattern, the roles that may be drawn, the product. It offers nothing that the
// rules of context maps exclude by construction.
#pragma once

#include "model/map/context_map.h"

#include <QFrame>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace portolan::ui {

class PlainLabel;

class RelationshipForm : public QFrame {
    Q_OBJECT

public:
    explicit RelationshipForm(QWidget* parent);

    // Opens beside a place of the parent, for a new relationship or (with an id) to change one.
    void open(const ContextMap& map, const Relationship& relationship, const QPoint& at);
    Relationship relationship() const;

signals:
    void accepted(const portolan::Relationship& relationship);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void createRows();
    void fill(const Relationship& relationship);
    void fillProducts();
    void showWhatMayBeDrawn();
    void turnRound();
    void accept();
    void dismiss();

    ContextMap m_map;
    Relationship m_relationship;
    PlainLabel* m_ends = nullptr;
    QToolButton* m_turn = nullptr;
    QComboBox* m_type = nullptr;
    PlainLabel* m_upstreamLabel = nullptr;
    QWidget* m_upstreamRow = nullptr;
    QCheckBox* m_openHost = nullptr;
    QCheckBox* m_publishedLanguage = nullptr;
    PlainLabel* m_downstreamLabel = nullptr;
    QComboBox* m_downstreamRole = nullptr;
    PlainLabel* m_productLabel = nullptr;
    QComboBox* m_product = nullptr;
    PlainLabel* m_adoptsLabel = nullptr;
    QLineEdit* m_adopts = nullptr;
    QPushButton* m_accept = nullptr;
};

}  // namespace portolan::ui
