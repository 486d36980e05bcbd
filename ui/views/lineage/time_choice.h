// SPDX-License-Identifier: Apache-2.0
// Which time is looked at, and with which it is compared: two buttons with the imports that the workspace remembers, and a date. It
// knows no workspace: whoever shows it hands it the imports and loads what is chosen.
#pragma once

#include "model/workspace/workspace.h"

#include <QDate>
#include <QWidget>

#include <optional>
#include <vector>

class QMenu;

namespace portolan::ui {

class MenuButton;

class TimeChoice : public QWidget {
    Q_OBJECT

public:
    explicit TimeChoice(QWidget* parent = nullptr);

    // The newest first. A chosen import that is not among them any more is given up. With none the buttons are disabled and say why.
    void setImports(std::vector<ImportRun> imports);

    // Nothing: now, and no comparison.
    const std::optional<AsOf>& asOf() const { return m_asOf; }
    const std::optional<AsOf>& compareWith() const { return m_compareWith; }
    QString wordsOf(const AsOf& time) const;

public slots:
    void setAsOf(const std::optional<portolan::AsOf>& time);
    void setCompareWith(const std::optional<portolan::AsOf>& time);
    void reset();  // to now, compared with nothing

signals:
    void asOfChanged(const std::optional<portolan::AsOf>& time);
    void compareWithChanged(const std::optional<portolan::AsOf>& time);

private:
    using Setter = void (TimeChoice::*)(const std::optional<AsOf>&);

    void fill(QMenu* menu, const QString& none, const std::optional<AsOf>& chosen, Setter set);
    void askForDate(Setter set);
    void refresh();
    bool isKnown(const std::optional<AsOf>& time) const;

    std::vector<ImportRun> m_imports;
    std::optional<AsOf> m_asOf;
    std::optional<AsOf> m_compareWith;
    QDate m_lastDate;  // that was asked for
    QMenu* m_timeMenu = nullptr;
    QMenu* m_compareMenu = nullptr;
    MenuButton* m_timeButton = nullptr;
    MenuButton* m_compareButton = nullptr;
};

}  // namespace portolan::ui
