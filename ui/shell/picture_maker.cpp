// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/picture_maker.h"

#include "ui/base/message_band.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/session/session.h"
#include "ui/shell/main_window.h"
#include "ui/views/context_map/context_map_view.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QSettings>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace portolan::ui {
namespace {

constexpr int patienceMs = 400;
constexpr int pollMs = 100;
constexpr double mostCopiedPixels = 16e6;
constexpr std::size_t mostCopiedThings = 50'000;  // as SVG that is about 32 MB

constexpr const char* kindKey = "export/kind";
constexpr const char* paperKey = "export/paper";
constexpr const char* tiledKey = "export/tiled";
constexpr const char* tileKey = "export/sizeOnPaper";
constexpr const char* scaleKey = "export/scale";
constexpr const char* legendKey = "export/legend";
constexpr const char* darkKey = "export/dark";
constexpr std::array<std::pair<PaperSize, const char*>, 4> paperNames = {
    {{PaperSize::A4, "A4"},
     {PaperSize::A3, "A3"},
     {PaperSize::Letter, "Letter"},
     {PaperSize::AsPicture, "map"}}};

QString suffixOf(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Svg:
        return QStringLiteral("svg");
    case PictureFormat::Png:
        return QStringLiteral("png");
    case PictureFormat::Html:
        return QStringLiteral("html");
    case PictureFormat::Pdf:
        break;
    }
    return QStringLiteral("pdf");
}

QString filterOf(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Svg:
        return PictureMaker::tr("SVG picture (*.svg)");
    case PictureFormat::Png:
        return PictureMaker::tr("PNG picture (*.png)");
    case PictureFormat::Html:
        return PictureMaker::tr("HTML page (*.html)");
    case PictureFormat::Pdf:
        break;
    }
    return PictureMaker::tr("PDF document (*.pdf)");
}

// What goes into the clipboard, made on a thread of its own.
struct Copied {
    QImage image;
    std::string png;
    std::string svg;  // empty: too large
    double scale = 1;
};

Result<Copied> copied(const Chart& chart, const LayoutResult& layout, ExportOptions options,
                      Progress& progress)
{
    Copied made;
    const QSizeF size = pictureSize(chart, layout, options.hasLegend);
    options.scale = std::min(2.0, std::sqrt(mostCopiedPixels / (size.width() * size.height())));
    made.scale = options.scale;
    Result<std::string> png = picture(chart, layout, PictureFormat::Png, options, progress);
    if (!png)
        return tl::unexpected(png.error());
    made.png = std::move(*png);
    made.image = QImage::fromData(QByteArray::fromStdString(made.png), "PNG");
    if (chart.nodes.size() + chart.edges.size() > mostCopiedThings)
        return made;
    Result<std::string> svg = picture(chart, layout, PictureFormat::Svg, options, progress);
    if (!svg)
        return tl::unexpected(svg.error());
    made.svg = std::move(*svg);
    return made;
}

void putOnClipboard(const Copied& made)
{
    auto* data = new QMimeData;
    data->setImageData(made.image);
    data->setData(QStringLiteral("image/png"), QByteArray::fromStdString(made.png));
    if (!made.svg.empty())
        data->setData(QStringLiteral("image/svg+xml"), QByteArray::fromStdString(made.svg));
    QGuiApplication::clipboard()->setMimeData(data);
}

}  // namespace

PictureMaker::PictureMaker(MainWindow* window, ContextMapView* view, QSettings* settings)
    : QObject(window), m_window(window), m_view(view), m_settings(settings)
{
    m_choice.options.paper.size = PaperSize::A4;
    readChoice();
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    m_poll.setInterval(pollMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_window->band(QStringLiteral("picture"))
            ->show(Sign::Info, m_what, {{tr("Cancel"), [this] { m_task.requestStop(); }, false}});
        m_poll.start();
    });
    connect(&m_poll, &QTimer::timeout, this, &PictureMaker::showProgress);
}

// A comparison can be exported as well; from a tab without a picture it is the map.
const Canvas& PictureMaker::canvasInSight() const
{
    const QWidget* tab = m_window->currentView();
    const auto* canvas = tab ? tab->findChild<Canvas*>() : nullptr;
    return canvas ? *canvas : *m_view->canvas();
}

// By names, not numbers: a later version may have more of them. What is not known stays as it is.
void PictureMaker::readChoice()
{
    if (!m_settings || !m_settings->contains(QLatin1String(kindKey)))
        return;
    m_hasChosen = true;
    const QString kind = m_settings->value(QLatin1String(kindKey)).toString();
    for (const PictureFormat format :
         {PictureFormat::Svg, PictureFormat::Png, PictureFormat::Pdf, PictureFormat::Html})
        if (suffixOf(format) == kind)
            m_choice.format = format;
    ExportOptions& options = m_choice.options;
    const QString paper = m_settings->value(QLatin1String(paperKey)).toString();
    for (const auto& [size, name] : paperNames)
        if (paper == QLatin1String(name))
            options.paper.size = size;
    const auto number = [this](const char* key, double otherwise) {
        bool isNumber = false;
        const double value = m_settings->value(QLatin1String(key)).toDouble(&isNumber);
        return isNumber ? value : otherwise;
    };
    options.paper.isTiled = m_settings->value(QLatin1String(tiledKey), false).toBool();
    options.paper.scale = number(tileKey, options.paper.scale);
    options.scale = number(scaleKey, options.scale);
    options.hasLegend = m_settings->value(QLatin1String(legendKey), true).toBool();
    options.isDark = m_settings->value(QLatin1String(darkKey), false).toBool();
}

void PictureMaker::keepChoice() const
{
    if (!m_settings)
        return;
    const ExportOptions& options = m_choice.options;
    m_settings->setValue(QLatin1String(kindKey), suffixOf(m_choice.format));
    for (const auto& [size, name] : paperNames)
        if (size == options.paper.size)
            m_settings->setValue(QLatin1String(paperKey), QLatin1String(name));
    m_settings->setValue(QLatin1String(tiledKey), options.paper.isTiled);
    m_settings->setValue(QLatin1String(tileKey), options.paper.scale);
    m_settings->setValue(QLatin1String(scaleKey), options.scale);
    m_settings->setValue(QLatin1String(legendKey), options.hasLegend);
    m_settings->setValue(QLatin1String(darkKey), options.isDark);
}

ExportOptions PictureMaker::optionsNow() const
{
    ExportOptions options = m_choice.options;
    options.title = toQString(m_window->session()->map().name);
    return options;
}

void PictureMaker::ask()
{
    const Canvas& canvas = canvasInSight();
    ExportChoice choice = m_choice;
    choice.options = optionsNow();
    if (!m_hasChosen)
        choice.options.isDark = themeOf(*m_view).isDark;
    auto* dialog =
        new ExportDialog(pictureSize(canvas.chart(), canvas.layout(), true),
                         pictureSize(canvas.chart(), canvas.layout(), false), choice, m_window);
    connect(dialog, &ExportDialog::chosen, this, [this](const ExportChoice& chosen) {
        m_choice = chosen;
        m_hasChosen = true;
        keepChoice();
        askForPath(chosen);
    });
    dialog->open();
}

void PictureMaker::askForPath(const ExportChoice& choice)
{
    const QString map = m_window->session()->mapPath();
    auto* dialog = new QFileDialog(m_window, tr("Export the map"));
    dialog->setObjectName(QStringLiteral("exportFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilter(filterOf(choice.format));
    dialog->setDefaultSuffix(suffixOf(choice.format));
    if (!map.isEmpty())
        dialog->setDirectory(QFileInfo(map).absolutePath());
    dialog->selectFile(
        (map.isEmpty() ? QStringLiteral("context-map") : QFileInfo(map).completeBaseName()) + u'.' +
        suffixOf(choice.format));
    connect(dialog, &QFileDialog::fileSelected, this, [this, choice](const QString& path) {
        // Who types another known ending means it.
        ExportChoice meant = choice;
        for (const PictureFormat format :
             {PictureFormat::Svg, PictureFormat::Png, PictureFormat::Pdf, PictureFormat::Html}) {
            if (path.endsWith(u'.' + suffixOf(format), Qt::CaseInsensitive))
                meant.format = format;
        }
        write(path, meant);
    });
    dialog->open();
}

void PictureMaker::write(const QString& path, const ExportChoice& choice)
{
    start(tr("Writing %1").arg(shown(QFileInfo(path).fileName(), 60)));
    const Canvas& canvas = canvasInSight();
    m_task = Task::start(
        this,
        [chart = canvas.chart(), layout = canvas.layout(), path, choice](Progress& progress) {
            return exportPicture(chart, layout, choice.format, toStdString(path), choice.options,
                                 progress);
        },
        [this, path](const Result<>& done) {
            end();
            if (done)
                m_window->session()->raiseMessage(tr("The map is in %1").arg(shown(path)));
            else if (done.error().code == cancelled().code)
                m_window->session()->raiseMessage(tr("The export was cancelled."));
            else
                m_window->session()->raiseMessage(shown(toText(done.error())), true);
        });
}

void PictureMaker::copy()
{
    start(tr("Copying the picture"));
    const Canvas& canvas = canvasInSight();
    ExportOptions options;
    options.title = toQString(m_window->session()->map().name);
    options.isDark = themeOf(*m_view).isDark;
    m_task = Task::start(
        this,
        [chart = canvas.chart(), layout = canvas.layout(), options](Progress& progress) {
            return copied(chart, layout, options, progress);
        },
        [this](const Result<Copied>& made) {
            end();
            if (!made) {
                const bool isCancelled = made.error().code == cancelled().code;
                m_window->session()->raiseMessage(isCancelled ? tr("Nothing was copied.")
                                                              : shown(toText(made.error())),
                                                  !isCancelled);
                return;
            }
            putOnClipboard(*made);
            const int percent = static_cast<int>(std::lround(made->scale * 100));
            m_window->session()->raiseMessage(
                made->svg.empty()
                    ? tr("Copied as PNG at %1 %; as SVG it is too large.").arg(percent)
                    : tr("Copied as PNG at %1 % and as SVG.").arg(percent));
        });
}

void PictureMaker::start(const QString& what)
{
    end();
    m_what = what + QStringLiteral("…");
    m_patience.start();
}

void PictureMaker::showProgress()
{
    const Progress::State state = m_task.state();
    if (state.total <= 0)
        return;
    const auto percent = std::clamp<std::int64_t>(state.done * 100 / state.total, 0, 100);
    m_window->band(QStringLiteral("picture"))
        ->setText(tr("%1 %2 %").arg(m_what, QString::number(percent)));
}

void PictureMaker::end()
{
    m_patience.stop();
    m_poll.stop();
    m_window->band(QStringLiteral("picture"))->hide();
}

}  // namespace portolan::ui
