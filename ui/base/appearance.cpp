// SPDX-License-Identifier: Apache-2.0
#include "ui/base/appearance.h"

#include "ui/base/style.h"
#include "ui/base/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QToolTip>

namespace portolan::ui {
namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString group = QStringLiteral("org.freedesktop.appearance");
const QString colorScheme = QStringLiteral("color-scheme");
const QString contrast = QStringLiteral("contrast");
const QString reducedMotion = QStringLiteral("reduced-motion");
// Older desktops say it here.
const QString gnomeGroup = QStringLiteral("org.gnome.desktop.interface");
const QString animations = QStringLiteral("enable-animations");

// The portal's old Read wraps the value twice.
QVariant unwrapped(QVariant value)
{
    while (value.userType() == qMetaTypeId<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

}  // namespace

Appearance::Appearance(ThemeChoice choice, QObject* parent)
    : QObject(parent), m_choice(choice), m_systemPalette(QApplication::palette())
{
    m_desktopIsDark = m_systemPalette.color(QPalette::Window).lightness() < 128;
    m_style = new Style;  // the application's from now on
    QApplication::setStyle(m_style);
    QApplication::setFont(fontOf(FontRole::Body));  // 10 pt are 13.3 px; the design's text is 13
    apply();
}

void Appearance::setChoice(ThemeChoice choice)
{
    m_choice = choice;
    apply();
}

void Appearance::followDesktop()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    for (const QString& key : {colorScheme, contrast, reducedMotion})
        ask(group, key);
    ask(gnomeGroup, animations);
}

void Appearance::ask(const QString& asked, const QString& key)
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    call << asked << key;
    auto* watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 5000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, asked, key, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QVariant> reply = *watcher;
        if (!reply.isError())
            read(asked, key, reply.value());
    });
}

void Appearance::onSettingChanged(const QString& changedGroup, const QString& key,
                                  const QDBusVariant& value)
{
    read(changedGroup, key, value.variant());
}

void Appearance::read(const QString& from, const QString& key, const QVariant& value)
{
    const QVariant plain = unwrapped(value);
    if (from == group && key == reducedMotion)
        m_style->setHasMotion(plain.toUInt() != 1);
    else if (from == gnomeGroup && key == animations)
        m_style->setHasMotion(plain.toBool());
    else if (from == group && key == colorScheme)
        m_desktopIsDark = plain.toUInt() == 1;  // 0 no wish, 1 dark, 2 light
    else if (from == group && key == contrast)
        m_desktopHasHighContrast = plain.toUInt() == 1;
    else
        return;
    apply();
}

void Appearance::apply()
{
    const bool isDark = m_choice == ThemeChoice::Dark ||
                        (m_choice == ThemeChoice::FollowDesktop && m_desktopIsDark);
    const bool keepsSystem = m_desktopHasHighContrast && m_choice == ThemeChoice::FollowDesktop;
    const QPalette palette =
        keepsSystem ? m_systemPalette : paletteOf(isDark ? Theme::dark() : Theme::light());
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

}  // namespace portolan::ui
