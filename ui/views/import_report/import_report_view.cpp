// SPDX-License-Identifier: Apache-2.0
#include "ui/views/import_report/import_report_view.h"

#include "ui/base/empty_state.h"
#include "ui/base/plain_label.h"
#include "ui/base/segment.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/problems/source_view.h"
#include "ui/session/session.h"
#include "ui/views/import_report/report_model.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

namespace portolan::ui {

ImportReportView::ImportReportView(Session* session, QWidget* parent)
    : QWidget(parent), m_session(session)
{
    setObjectName(QStringLiteral("importReport"));
    setAccessibleName(tr("Import report"));
    m_model = new ReportModel(this);
    createBar();
    createTable();
    auto* report = new QWidget(this);
    auto* layout = new QVBoxLayout(report);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    auto* sides = new QSplitter(Qt::Horizontal, report);
    sides->addWidget(m_tree);
    m_source = new SourceView(sides);
    sides->addWidget(m_source);
    sides->setStretchFactor(0, 3);
    sides->setStretchFactor(1, 2);
    sides->setSizes({600, 400});
    sides->setChildrenCollapsible(false);
    layout->addWidget(sides, 1);

    auto* empty = new EmptyState(Sign::Import, tr("Nothing imported yet"),
                                 tr("Import a folder, or drop one on the window: what was read of "
                                    "each file, and what was not, is listed here."),
                                 this);
    connect(empty->addButton(tr("Import folder…")), &QPushButton::clicked, this,
            &ImportReportView::importWanted);
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(empty);
    m_stack->addWidget(report);

    m_refreshTimer.setSingleShot(true);
    connect(&m_refreshTimer, &QTimer::timeout, this, &ImportReportView::refresh);
    connect(m_session, &Session::estateChanged, this, [this] { m_refreshTimer.start(0); });
    refresh();
}

void ImportReportView::createBar()
{
    m_bar = new QWidget(this);
    auto* row = new QHBoxLayout(m_bar);
    row->setContentsMargins(8, 4, 8, 4);
    m_bar->setMinimumHeight(qRound(metrics::viewBarHeight * textScale()));
    m_grouping = new QComboBox(m_bar);
    m_grouping->setObjectName(QStringLiteral("reportGrouping"));
    m_grouping->setAccessibleName(tr("Group by"));
    m_grouping->addItems({tr("By source"), tr("By kind"), tr("By subject")});
    row->addWidget(m_grouping);
    auto* kinds = new Segment(tr("Shown"), m_bar);
    const QString titles[] = {tr("Errors"),     tr("Warnings"), tr("Notes"),
                              tr("Unresolved"), tr("Ignored"),  tr("Skipped")};
    for (std::size_t i = 0; i < reportKinds; ++i) {
        m_kinds[i] = new QAction(titles[i], this);
        m_kinds[i]->setCheckable(true);
        m_kinds[i]->setChecked(true);
        kinds->addButton(m_kinds[i], true);
        connect(m_kinds[i], &QAction::toggled, this, &ImportReportView::filter);
    }
    row->addWidget(kinds);
    m_words = new QLineEdit(m_bar);
    m_words->setObjectName(QStringLiteral("reportFilter"));
    m_words->setAccessibleName(tr("Filter the report"));
    m_words->setPlaceholderText(tr("Filter"));
    m_words->setClearButtonEnabled(true);
    m_words->setMaximumWidth(qRound(metrics::findFieldWidth / 2 * textScale()));
    row->addWidget(m_words);
    m_count = new PlainLabel(m_bar);
    m_count->setMuted(true);
    row->addWidget(m_count);
    row->addStretch(1);
    connect(m_grouping, &QComboBox::currentIndexChanged, this, &ImportReportView::filter);
    connect(m_words, &QLineEdit::textChanged, this, &ImportReportView::filter);
}

void ImportReportView::createTable()
{
    m_tree = new QTreeView(this);
    m_tree->setObjectName(QStringLiteral("reportTree"));
    m_tree->setAccessibleName(tr("Import report"));
    m_tree->setModel(m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(ReportModel::MessageColumn, QHeaderView::Stretch);
    m_tree->setColumnWidth(ReportModel::SubjectColumn, qRound(220 * textScale()));
    m_tree->setColumnWidth(ReportModel::TimesColumn, qRound(56 * textScale()));
    m_tree->setColumnWidth(ReportModel::PlaceColumn, qRound(84 * textScale()));
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ImportReportView::showPlace);
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex& index) {
        if (const ReportRow* row = m_model->row(index); row && !row->where.file.empty())
            m_session->requestSource(SourceSpan(row->where));
    });
}

void ImportReportView::setNotes(ImportNotes notes)
{
    m_notes = std::move(notes);
    refresh();
}

void ImportReportView::setSourceRoots(const QStringList& roots)
{
    m_source->setRoots(roots);
}

void ImportReportView::refresh()
{
    m_refreshTimer.stop();
    m_rows = reportRows(*m_session->estate(), m_notes);
    m_stack->setCurrentIndex(m_rows.empty() && m_session->estate()->sources.empty() ? 0 : 1);
    filter();
}

void ImportReportView::filter()
{
    ReportFilter filter;
    filter.grouping = ReportGrouping(m_grouping->currentIndex());
    filter.words = toStdString(m_words->text());
    for (std::size_t i = 0; i < reportKinds; ++i)
        filter.isShown[i] = m_kinds[i]->isChecked();
    std::vector<ReportGroup> groups = reportGroups(*m_session->estate(), m_rows, filter);
    std::size_t shownRows = 0;
    for (const ReportGroup& group : groups)
        shownRows += group.rows.size();
    m_count->setFullText(tr("%L1 sources · %L2 of %L3 rows")
                             .arg(m_session->estate()->sources.size())
                             .arg(shownRows)
                             .arg(m_rows.size()));
    m_model->setReport(m_rows, std::move(groups), filter.grouping == ReportGrouping::BySource);
    // Few rows are shown at once; of many, those that went wrong.
    for (int i = 0; i < m_model->rowCount(); ++i) {
        const ReportGroup* group = m_model->group(m_model->index(i, 0));
        m_tree->setFirstColumnSpanned(i, {}, true);
        const bool isWrong = group->counts[std::size_t(ReportKind::Error)] > 0 ||
                             group->counts[std::size_t(ReportKind::Warning)] > 0;
        if (shownRows <= 40 || (isWrong && i < 200))
            m_tree->expand(m_model->index(i, 0));
    }
}

void ImportReportView::showPlace()
{
    const QModelIndex index = m_tree->currentIndex();
    if (const ReportRow* row = m_model->row(index)) {
        if (!row->where.file.empty())
            m_source->showSource(row->where);
    } else if (const ReportGroup* group = m_model->group(index);
               group && m_grouping->currentIndex() == int(ReportGrouping::BySource) &&
               !group->title.empty()) {
        m_source->showSource(SourceSpan{group->title});
    }
}

}  // namespace portolan::ui
