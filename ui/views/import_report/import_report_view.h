// SPDX-License-Identifier: Apache-2.0
// The import report: per source what was read, what is wrong, ignored or unresolved; grouped, filtered, with the source's text beside it.
#pragma once

#include "ui/views/import_report/report_rows.h"

#include <QTimer>
#include <QWidget>

#include <array>

class QAction;
class QComboBox;
class QLineEdit;
class QStackedLayout;
class QTreeView;

namespace portolan::ui {

class PlainLabel;
class ReportModel;
class Session;
class SourceView;

class ImportReportView : public QWidget {
    Q_OBJECT

public:
    explicit ImportReportView(Session* session, QWidget* parent = nullptr);

    void setNotes(ImportNotes notes);  // of the last import
    void setSourceRoots(const QStringList& roots);

signals:
    void importWanted();

private:
    void createBar();
    void createTable();
    void refresh();
    void filter();
    void showPlace();

    Session* m_session;
    ImportNotes m_notes;
    std::vector<ReportRow> m_rows;
    ReportModel* m_model = nullptr;
    QLineEdit* m_words = nullptr;
    QComboBox* m_grouping = nullptr;
    std::array<QAction*, reportKinds> m_kinds = {};
    QWidget* m_bar = nullptr;
    QTreeView* m_tree = nullptr;
    SourceView* m_source = nullptr;
    PlainLabel* m_count = nullptr;
    QStackedLayout* m_stack = nullptr;
    QTimer m_refreshTimer;
};

}  // namespace portolan::ui
