// SPDX-License-Identifier: Apache-2.0
// The bottom panel: problems of what was read, findings of the rules, what was imported, and the steps done so far. Enter or a click
// on a row selects its subject and shows the spot in the source; Ctrl+. offers the fixes of a finding.
#pragma once

#include <QTimer>
#include <QWidget>

class QAbstractItemModel;
class QModelIndex;
class QPoint;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace portolan::ui {

class HistoryModel;
class ImportModel;
class ProblemModel;
class Session;

class ProblemsPanel : public QWidget {
    Q_OBJECT

public:
    explicit ProblemsPanel(Session* session, QWidget* parent = nullptr);

    enum Tab { Problems, Findings, ImportLog, History };
    void showTab(Tab tab);

signals:
    void countsChanged(int problems, int findings);

private:
    QTableView* addTable(QAbstractItemModel* model, const QString& name, const QString& title,
                         const QString& what, const QString& how);
    QTableView* newTable(QAbstractItemModel* model, const QString& name, const QString& title,
                         QWidget* page);
    void addFixes(QTableView* table);
    void addHistory();
    void showPresentStep(QTableView* history);
    void refresh();
    void refreshFindings();
    void openFixes(QTableView* table, const QModelIndex& index);
    void openMenu(QTableView* table, const QPoint& at);
    void open(const QTableView* table, const QModelIndex& index, bool withSource);

    Session* m_session;
    ProblemModel* m_problems = nullptr;
    ProblemModel* m_findings = nullptr;
    ImportModel* m_imports = nullptr;
    HistoryModel* m_history = nullptr;
    QTableView* m_findingsTable = nullptr;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_pages = nullptr;
    QTimer m_refreshTimer;
};

}  // namespace portolan::ui
