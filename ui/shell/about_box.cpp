// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/about_box.h"

#include "ui/base/plain_label.h"
#include "ui/base/theme.h"
#include "ui/shell/rhumb_lines.h"

#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace portolan::ui {
namespace {

constexpr int roseSize = 72;

}  // namespace

AboutBox::AboutBox(QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("aboutBox"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("About Portolan"));
    setFixedWidth(qRound(440 * textScale()));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(28, 28 + roseSize + 12, 28, 20);
    layout->setSpacing(6);
    const auto add = [&](const QString& text, FontRole role, bool isMuted) {
        auto* label = new PlainLabel(text, this);
        label->setRole(role);
        label->setMuted(isMuted);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignHCenter);
        layout->addWidget(label);
    };
    add(QStringLiteral("Portolan"), FontRole::Headline, false);
    add(tr("Version %1").arg(QStringLiteral(PORTOLAN_VERSION)), FontRole::Body, true);
    add(tr("Charts bounded contexts, the data products that each publishes, and the routes by which "
           "meaning travels from one to the next."),
        FontRole::Body, false);
    layout->addSpacing(6);
    add(tr("Apache License 2.0. Uses Qt %1, SQLite, libyaml and libxlsxwriter; Graphviz lays out in a program of "
           "its own. The face is Inter.")
            .arg(QString::fromLatin1(qVersion())),
        FontRole::Secondary, true);
    layout->addSpacing(10);
    auto* close = new QPushButton(tr("&Close"), this);
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    layout->addWidget(close, 0, Qt::AlignHCenter);
}

void AboutBox::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.canvas);
    paintRhumbLines(painter, rect(), theme);
    paintRose(painter, QRectF(width() / 2.0 - roseSize / 2.0, 24, roseSize, roseSize), theme);
}

}  // namespace portolan::ui
