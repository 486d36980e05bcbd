// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/manual_window.h"

#include "model/base/file_store.h"

#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QDir>
#include <QListWidget>
#include <QSplitter>
#include <QVBoxLayout>

namespace portolan::ui {
namespace {

constexpr std::int64_t mostBytes = 4 << 20;

// The first line that is a heading; else the file's name.
QString titleOf(const QString& folder, const QString& fileName)
{
    const Result<std::string> text =
        readFile(toStdString(QDir(folder).filePath(fileName)), mostBytes);
    if (text)
        for (const QString& line : toQString(*text).split(u'\n'))
            if (line.startsWith(u'#'))
                return shown(line.mid(line.indexOf(u' ') + 1).trimmed(), 80);
    return fileName;
}

}  // namespace

ManualPage::ManualPage(QWidget* parent) : QTextBrowser(parent)
{
    setOpenLinks(false);
    setOpenExternalLinks(false);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
        if (url.isRelative() && !url.fileName().isEmpty() && url.path() == url.fileName())
            emit pageWanted(url.fileName());
        else if (url.hasFragment())
            scrollToAnchor(url.fragment());
    });
}

QVariant ManualPage::loadResource(int, const QUrl&)
{
    return {};
}

void ManualPage::doSetSource(const QUrl&, QTextDocument::ResourceType) {}

void ManualPage::showText(const QString& markdown)
{
    setMarkdown(markdown);
}

ManualWindow::ManualWindow(const QString& resources, QWidget* parent)
    : QWidget(parent, Qt::Window), m_folder(resources + QStringLiteral("/manual"))
{
    setObjectName(QStringLiteral("manualWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Manual - Portolan"));
    resize(900, 680);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* splitter = new QSplitter(this);
    m_pages = new QListWidget(splitter);
    m_pages->setObjectName(QStringLiteral("manualPages"));
    m_pages->setAccessibleName(tr("Pages"));
    m_page = new ManualPage(splitter);
    m_page->setObjectName(QStringLiteral("manualPage"));
    m_page->setAccessibleName(tr("Manual"));
    m_page->document()->setDocumentMargin(24);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({220, 680});
    layout->addWidget(splitter);

    QStringList files = QDir(m_folder).entryList({QStringLiteral("*.md")}, QDir::Files, QDir::Name);
    if (const qsizetype first = files.indexOf(QStringLiteral("index.md")); first > 0)
        files.move(first, 0);
    for (const QString& file : files) {
        auto* item = new QListWidgetItem(titleOf(m_folder, file), m_pages);
        item->setData(Qt::UserRole, file);
    }
    connect(m_pages, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item)
            showPage(item->data(Qt::UserRole).toString());
    });
    connect(m_page, &ManualPage::pageWanted, this, &ManualWindow::showPage);
    if (files.isEmpty())
        m_page->showText(tr("The manual did not come with this copy of the program."));
    else
        m_pages->setCurrentRow(0);
}

void ManualWindow::showPage(const QString& fileName)
{
    const Result<std::string> text =
        readFile(toStdString(QDir(m_folder).filePath(QFileInfo(fileName).fileName())), mostBytes);
    m_page->showText(text ? toQString(*text) : shown(text.error().message));
}

}  // namespace portolan::ui
