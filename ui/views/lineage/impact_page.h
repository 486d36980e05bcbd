// SPDX-License-Identifier: Apache-2.0
// Who is hit when a thing changes, as a table that can be narrowed and exported. The lineage view asks it for what is selected; words ask
// for all columns that answer them.
#pragma once

#include "model/analysis/lineage/impact.h"
#include "model/chart/chart_table.h"
#include "ui/base/task.h"

#include <QWidget>

#include <optional>

class QLineEdit;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace portolan::ui {

class ChartTableModel;
class EmptyState;
class LineageReader;
class PlainLabel;
class Session;

class ImpactPage : public QWidget {
    Q_OBJECT

public:
    ImpactPage(Session* session, LineageReader* reader, QWidget* parent = nullptr);
    ~ImpactPage() override;

    // What is to change; none: nothing is chosen. Read when it is looked at.
    void setSubject(const std::optional<EntityRef>& entity);
    const ChartTable& table() const { return m_table; }
    bool isReady() const { return !m_isStale && !m_work.isRunning(); }
    QString sentence() const;  // "14 columns in 4 contexts ..."

signals:
    void chosen(const portolan::EntityRef& entity);  // Enter, or double-click on a row
    void saved(const QString& path);
    void failed(const QString& sentence);

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Answer {
        ChartTable table;
        QString sentence;
    };

    void createWidgets();
    void createTable();
    void refresh();
    void start();
    void showAnswer(const Answer& answer);
    void exportTable();
    void writeTo(const QString& path);

    Session* m_session;
    LineageReader* m_reader;
    std::optional<EntityRef> m_subject;
    ChartTable m_table;
    QLineEdit* m_where = nullptr;
    QLineEdit* m_filter = nullptr;
    PlainLabel* m_sentence = nullptr;
    QStackedWidget* m_pages = nullptr;
    QTableView* m_view = nullptr;
    ChartTableModel* m_model = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr;
    EmptyState* m_empty = nullptr;
    Task m_work;
    bool m_isStale = true;
};

}  // namespace portolan::ui
