// SPDX-License-Identifier: Apache-2.0
// The table twin of a graph: exactly the cards and edges that the graph holds, to sort, select and take along as CSV.
#pragma once

#include "model/chart/chart_table.h"

#include <QWidget>

#include <array>

class QSortFilterProxyModel;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace portolan::ui {

class ChartTableModel;

class ChartTableView : public QWidget {
    Q_OBJECT

public:
    explicit ChartTableView(QWidget* parent = nullptr);

    void setChart(const Chart& chart);  // read when it is shown
    void setSelection(const std::vector<EntityRef>& selection);
    // Of the list in front, in the order shown.
    std::string csv() const;

signals:
    void selectionRequested(const std::vector<portolan::EntityRef>& selection);
    void activated(const portolan::EntityRef& entity);
    void failed(const QString& sentence);
    void saved(const QString& path);

protected:
    void showEvent(QShowEvent* event) override;

private:
    enum List { Contexts, Relationships, ListCount };
    void createList(List list, const QString& title);
    void readChart();
    void tellSelection();
    void markSelection();
    void exportCsv();
    ChartTable shownTable() const;

    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_pages = nullptr;
    std::array<ChartTableModel*, ListCount> m_models{};
    std::array<QSortFilterProxyModel*, ListCount> m_sorted{};
    std::array<QTableView*, ListCount> m_tables{};
    const Chart* m_chart = nullptr;  // not read yet
    std::vector<EntityRef> m_selection;
    bool m_isMarking = false;
};

}  // namespace portolan::ui
