// SPDX-License-Identifier: Apache-2.0
// Which theme the program wears: the desktop's wish (asked of the settings portal, never waited for) or the user's choice, applied to
// the whole program as a palette. A desktop with high contrast keeps its own palette.
#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QPalette>

namespace portolan::ui {

class Style;

enum class ThemeChoice { FollowDesktop, Light, Dark };

class Appearance : public QObject {
    Q_OBJECT

public:
    // Sets style, fonts and palette of the application. Made once, in main, before the first window.
    explicit Appearance(ThemeChoice choice, QObject* parent = nullptr);

    ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);

    // Asks the desktop and listens to it from now on. Called when the first window stands.
    void followDesktop();

private slots:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void read(const QString& group, const QString& key, const QVariant& value);
    void ask(const QString& group, const QString& key);
    void apply();

    ThemeChoice m_choice;
    bool m_desktopIsDark = false;
    bool m_desktopHasHighContrast = false;
    QPalette m_systemPalette;
    Style* m_style = nullptr;
};

}  // namespace portolan::ui
