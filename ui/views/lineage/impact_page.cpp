// SPDX-License-Identifier: Apache-2.0
#include "ui/views/lineage/impact_page.h"

#include "model/base/file_store.h"
#include "model/chart/impact_table.h"
#include "model/chart/table_export.h"

#include "ui/base/empty_state.h"
#include "ui/base/plain_label.h"
#include "ui/base/style.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/chart_table_model.h"
#include "ui/session/session.h"
#include "ui/views/lineage/lineage_reader.h"

#include <QAction>
#include <QBoxLayout>
#include <QFileDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace portolan::ui {
namespace {

constexpr std::array columnWidths = {84, 200, 220, 180, 200, 160, 320, 60};

QString sentenceOf(const ImpactSubject& subject, const Impact& impact)
{
    const auto count = [&](ImpactRow::Kind kind, bool reads) {
        return std::count_if(impact.rows.begin(), impact.rows.end(), [&](const ImpactRow& row) {
            return row.kind == kind && row.hops > 0 &&
                   (!reads || row.reads == ImpactReads::Field ||
                    row.reads == ImpactReads::Influence);
        });
    };
    const QString what = subject.columns.empty()
                             ? counted(static_cast<qsizetype>(subject.datasets.size()),
                                       ImpactPage::tr("%1 dataset"), ImpactPage::tr("%1 datasets"))
                             : counted(static_cast<qsizetype>(subject.columns.size()),
                                       ImpactPage::tr("%1 column"), ImpactPage::tr("%1 columns"));
    return ImpactPage::tr("A change of %1 hits %2, of which %3 what changes; %4 not touched.")
        .arg(what,
             counted(count(ImpactRow::Kind::Context, false), ImpactPage::tr("%1 context"),
                     ImpactPage::tr("%1 contexts")),
             counted(count(ImpactRow::Kind::Context, true), ImpactPage::tr("%1 reads"),
                     ImpactPage::tr("%1 read")),
             counted(static_cast<qsizetype>(impact.productsUntouched),
                     ImpactPage::tr("%1 product is"), ImpactPage::tr("%1 products are")));
}

}  // namespace

ImpactPage::ImpactPage(Session* session, LineageReader* reader, QWidget* parent)
    : QWidget(parent), m_session(session), m_reader(reader)
{
    setObjectName(QStringLiteral("impactPage"));
    setAccessibleName(tr("Impact"));
    createWidgets();
    connect(m_reader, &LineageReader::ready, this, &ImpactPage::refresh);
    connect(m_reader, &LineageReader::mapChanged, this, &ImpactPage::refresh);
    showAnswer({});
}

ImpactPage::~ImpactPage() = default;

void ImpactPage::createWidgets()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(8, 4, 8, 4);
    m_where = new QLineEdit(bar);
    m_where->setObjectName(QStringLiteral("impactWhere"));
    m_where->setAccessibleName(tr("Columns that change, by words"));
    m_where->setPlaceholderText(tr("All columns with words: email, classification:pii, owner:crm"));
    m_where->setClearButtonEnabled(true);
    connect(m_where, &QLineEdit::editingFinished, this, &ImpactPage::refresh);
    row->addWidget(m_where, 2);
    m_filter = new QLineEdit(bar);
    m_filter->setObjectName(QStringLiteral("impactFilter"));
    m_filter->setAccessibleName(tr("Show rows with these words"));
    m_filter->setPlaceholderText(tr("Filter the rows"));
    m_filter->setClearButtonEnabled(true);
    row->addWidget(m_filter, 1);
    auto* exporting = new QAction(iconOf(Sign::Export), tr("Export…"), this);
    exporting->setObjectName(QStringLiteral("impactExport"));
    setPlainToolTip(exporting, tr("Write the rows that are shown as CSV, Excel or Markdown"));
    connect(exporting, &QAction::triggered, this, &ImpactPage::exportTable);
    auto* button = new QToolButton(bar);
    button->setDefaultAction(exporting);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(exporting->text());
    row->addWidget(button);
    m_sentence = new PlainLabel(this);
    m_sentence->setObjectName(QStringLiteral("impactSentence"));
    m_sentence->setElided(true);
    m_sentence->setContentsMargins(10, 2, 10, 6);
    createTable();
    m_empty = new EmptyState(Sign::Column, QString(), QString(), this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_empty);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar);
    column->addWidget(m_sentence);
    column->addWidget(m_pages, 1);
    setFocusProxy(m_view);
}

void ImpactPage::createTable()
{
    m_model = new ChartTableModel(this);
    m_sorted = new QSortFilterProxyModel(this);
    m_sorted->setSourceModel(m_model);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    connect(m_filter, &QLineEdit::textChanged, m_sorted,
            &QSortFilterProxyModel::setFilterFixedString);
    m_view = new QTableView(this);
    m_view->setObjectName(QStringLiteral("impactRows"));
    m_view->setAccessibleName(tr("Who is hit"));
    m_view->setModel(m_sorted);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(qRound(metrics::tableRowHeight * textScale()));
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex& index) {
        const int row = m_sorted->mapToSource(index).row();
        const EntityRef& entity = m_table.rows[static_cast<std::size_t>(row)].entity;
        if (!entity.id.empty())
            emit chosen(entity);
    });
}

void ImpactPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        start();
}

void ImpactPage::setSubject(const std::optional<EntityRef>& entity)
{
    if (entity == m_subject)
        return;
    m_subject = entity;
    refresh();
}

void ImpactPage::refresh()
{
    m_isStale = true;
    if (isVisible())
        start();
}

QString ImpactPage::sentence() const
{
    return m_sentence->text();
}

// The work has a map of its own: what follows from it holds pointers into it.
void ImpactPage::start()
{
    if (!m_reader->isReady())
        return;
    m_isStale = false;
    const std::string words = toStdString(m_where->text().trimmed());
    if (!m_subject && words.empty()) {
        m_work = {};
        showAnswer({});
        return;
    }
    m_work = Task::start(
        this,
        [index = m_reader->sharedIndex(), map = m_session->map(), subject = m_subject,
         words](Progress&) {
            const Estate& estate = index->estate();
            const EstateOwnership ownership = ownershipOf(map, estate);
            const std::vector<PublishedDataset> published = publishedDatasets(map, estate);
            const ImpactSubject changes =
                words.empty() ? impactSubject(*subject, map, estate, ownership, published)
                              : columnsWhere(words, estate, ownership);
            const Impact impact = impactOf(*index, map, ownership, published, changes);
            return Answer{impactTable(impact, map, estate), sentenceOf(changes, impact)};
        },
        [this](const Answer& answer) { showAnswer(answer); });
}

void ImpactPage::showAnswer(const Answer& answer)
{
    m_table = answer.table;
    m_model->setTable(answer.table);
    m_sentence->setFullText(answer.sentence);
    m_sentence->setVisible(!answer.sentence.isEmpty());
    if (m_table.rows.empty()) {
        const bool isAsked = m_subject || !m_where->text().trimmed().isEmpty();
        m_empty->setWords(isAsked ? tr("Nobody is hit") : tr("Nothing is chosen"),
                          isAsked ? tr("No lineage leads on from what would change.")
                                  : tr("Select a column, dataset, product, contract or context, or "
                                       "type words that name columns."));
    }
    m_pages->setCurrentWidget(m_table.rows.empty() ? static_cast<QWidget*>(m_empty) : m_view);
    for (int column = 0; column < m_model->columnCount(); ++column)
        m_view->setColumnWidth(
            column, qRound(columnWidths[static_cast<std::size_t>(column)] * textScale()));
}

void ImpactPage::exportTable()
{
    auto* dialog = new QFileDialog(this, tr("Export the impact"));
    dialog->setObjectName(QStringLiteral("impactDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->setNameFilters({tr("Comma-separated values (*.csv)"), tr("Excel workbook (*.xlsx)"),
                            tr("Markdown (*.md)")});
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("*.xlsx")) ? QStringLiteral("xlsx")
                                 : filter.contains(QLatin1String("*.md")) ? QStringLiteral("md")
                                                                          : QStringLiteral("csv"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &ImpactPage::writeTo);
    dialog->open();
}

// The rows that are shown, in their order.
void ImpactPage::writeTo(const QString& path)
{
    ChartTable shownRows;
    shownRows.columns = m_table.columns;
    for (int row = 0; row < m_sorted->rowCount(); ++row) {
        const int source = m_sorted->mapToSource(m_sorted->index(row, 0)).row();
        shownRows.rows.push_back(m_table.rows[static_cast<std::size_t>(source)]);
    }
    const Result<std::string> bytes =
        path.endsWith(QLatin1String(".xlsx")) ? toXlsx(shownRows, "Impact")
        : path.endsWith(QLatin1String(".md")) ? Result<std::string>(toMarkdown(shownRows))
                                              : Result<std::string>(toCsv(shownRows));
    const Result<> done =
        bytes ? saveAtomically(toStdString(path), *bytes) : tl::unexpected(bytes.error());
    if (done)
        emit saved(path);
    else
        emit failed(shown(done.error().message, 300));
}

}  // namespace portolan::ui
