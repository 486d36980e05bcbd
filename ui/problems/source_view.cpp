// SPDX-License-Identifier: Apache-2.0
#include "ui/problems/source_view.h"

#include "ui/base/empty_state.h"
#include "ui/base/plain_label.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QPainter>
#include <QPlainTextEdit>
#include <QStackedLayout>
#include <QTextBlock>
#include <QVBoxLayout>

namespace portolan::ui {
namespace {

// A plain text field that leaves room for line numbers at its left.
class NumberedText : public QPlainTextEdit {
public:
    explicit NumberedText(QWidget* parent) : QPlainTextEdit(parent), m_margin(new Margin(this))
    {
        connect(this, &QPlainTextEdit::updateRequest, m_margin, [this] { m_margin->update(); });
    }

    void setFirstLine(int number)
    {
        m_firstLine = number;
        const int widest = m_firstLine + blockCount();
        setViewportMargins(fontMetrics().horizontalAdvance(QString::number(widest)) + 20, 0, 0, 0);
        placeMargin();
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QPlainTextEdit::resizeEvent(event);
        placeMargin();
    }

private:
    class Margin : public QWidget {
    public:
        explicit Margin(NumberedText* text) : QWidget(text), m_text(text) {}

    protected:
        void paintEvent(QPaintEvent*) override { m_text->paintNumbers(*this); }

    private:
        NumberedText* m_text;
    };

    void placeMargin()
    {
        const QRect inside = contentsRect();
        m_margin->setGeometry(inside.left(), inside.top(), viewportMargins().left(),
                              inside.height());
    }

    void paintNumbers(QWidget& margin) const
    {
        const Theme& theme = themeOf(*this);
        QPainter painter(&margin);
        painter.fillRect(margin.rect(), theme.panel);
        painter.setPen(theme.muted);
        painter.setFont(font());
        for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
            const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
            if (place.top() > margin.height())
                break;
            painter.drawText(QRectF(0, place.top(), margin.width() - 10, place.height()),
                             Qt::AlignRight | Qt::AlignTop,
                             QString::number(m_firstLine + block.blockNumber()));
        }
    }

    Margin* m_margin;
    int m_firstLine = 1;
};

}  // namespace

SourceView::SourceView(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("sourceView"));
    setAccessibleName(tr("Source text"));
    m_title = new PlainLabel(QString(), this);
    m_title->setObjectName(QStringLiteral("sourceTitle"));
    m_title->setMuted(true);
    m_title->setContentsMargins(12, 0, 12, 0);
    m_title->setFixedHeight(metrics::viewBarHeight);

    m_text = new NumberedText(this);
    m_text->setObjectName(QStringLiteral("sourceText"));
    m_text->setAccessibleName(tr("Text of the source"));
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(fontOf(FontRole::Code));
    m_text->setTabChangesFocus(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    m_empty =
        new EmptyState(Sign::Source, tr("No source shown"),
                       tr("Choose a problem or an evidence line to see its text here."), this);
    auto* holder = new QWidget(this);
    m_stack = new QStackedLayout(holder);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_text);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(holder, 1);
}

void SourceView::setRoots(const QStringList& roots)
{
    m_roots.clear();
    for (const QString& root : roots)
        m_roots.push_back(toStdString(root));
}

void SourceView::showSource(const SourceSpan& where)
{
    m_reading = Task::start(
        this,
        [roots = m_roots, where](Progress& progress) {
            return sourceExcerpt(roots, where, progress);
        },
        [this](const Result<SourceExcerpt>& excerpt) { take(excerpt); });
}

void SourceView::take(const Result<SourceExcerpt>& excerpt)
{
    if (!excerpt) {
        if (isCancelled(excerpt.error()))
            return;
        m_title->setText(portolan::ui::shown(excerpt.error().where.file));
        m_empty->setWords(tr("This source cannot be shown"),
                          portolan::ui::shown(excerpt.error().message));
        m_stack->setCurrentWidget(m_empty);
        emit shown(tr("Source"));
        return;
    }
    m_excerpt = *excerpt;
    QString text;
    for (const std::string& line : m_excerpt.lines)
        text += shownLines(toQString(line)) + QLatin1Char('\n');
    text.chop(1);
    m_text->setPlainText(text);
    static_cast<NumberedText*>(m_text)->setFirstLine(m_excerpt.firstLine);
    const QString path = toQString(m_excerpt.path);
    const int last = m_excerpt.firstLine + static_cast<int>(m_excerpt.lines.size()) - 1;
    m_title->setText(m_excerpt.isWhole
                         ? portolan::ui::shown(path)
                         : tr("%1, lines %2 to %3")
                               .arg(portolan::ui::shown(path), QString::number(m_excerpt.firstLine),
                                    QString::number(last)));
    m_stack->setCurrentWidget(m_text);
    markPlace();
    emit shown(path.section(QLatin1Char('/'), -1));
}

void SourceView::markPlace()
{
    if (m_excerpt.line < m_excerpt.firstLine) {
        m_text->setExtraSelections({});
        return;
    }
    const QTextBlock block =
        m_text->document()->findBlockByNumber(m_excerpt.line - m_excerpt.firstLine);
    if (!block.isValid())
        return;
    QTextCursor cursor(block);
    QTextEdit::ExtraSelection mark;
    mark.cursor = cursor;
    mark.format.setBackground(themeOf(*this).warning.fill);
    mark.format.setProperty(QTextFormat::FullWidthSelection, true);
    m_text->setExtraSelections({mark});
    if (m_excerpt.columnInLine > 1) {
        // The column counts bytes of UTF-8, the cursor characters of UTF-16.
        const std::string& line =
            m_excerpt.lines.at(static_cast<std::size_t>(m_excerpt.line - m_excerpt.firstLine));
        const QString before = QString::fromUtf8(
            line.substr(0, static_cast<std::size_t>(m_excerpt.columnInLine) - 1).c_str());
        cursor.setPosition(block.position() + static_cast<int>(std::min<qsizetype>(
                                                  before.size(), block.length() - 1)));
    }
    m_text->setTextCursor(cursor);
    m_text->centerCursor();
}

void SourceView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_excerpt.lines.empty())
        markPlace();
}

}  // namespace portolan::ui
