// SPDX-License-Identifier: Apache-2.0
// What the inspector is built of: a title, collapsible sections, and rows that show a fact or edit it. A field applies on Enter or when
// the focus leaves it; what is not taken keeps its text, with the reason under it.
#pragma once

#include "ui/base/icons.h"
#include "ui/base/offer.h"

#include <QSet>
#include <QWidget>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

class QVBoxLayout;

namespace portolan::ui {

class PlainLabel;

// Takes what was typed; answers why not, or nothing when it was taken.
using Commit = std::function<QString(const QString&)>;

class InspectorForm : public QWidget {
    Q_OBJECT

public:
    // `folded` holds the sections that the user has closed, by title; kept by the inspector.
    InspectorForm(QSet<QString>& folded, QWidget* parent = nullptr);

    void setTitle(const QIcon& icon, const QString& title, const QString& kind);

    // Rows go into the section begun last.
    void beginSection(const QString& title, const QString& count = {});

    void addFact(const QString& label, const QString& value);
    void addNote(const QString& text);
    void addLink(const QIcon& icon, const QString& text, const QString& right,
                 std::function<void()> run);
    // `name` is the object name, unique within the form.
    void addField(const QString& name, const QString& label, const QString& value, Commit commit,
                  const QString& placeholder = {});
    void addText(const QString& name, const QString& label, const QString& value, Commit commit,
                 int lines = 2);
    // As addText; `live` is asked for the line below it while it is typed in.
    void addPatterns(const QString& name, const QString& label, const QString& value,
                     std::function<QString(const QString&)> live, Commit commit);
    void addChoice(const QString& name, const QString& label,
                   const std::vector<std::pair<QString, QString>>& choices, const QString& current,
                   std::function<void(const QString&)> run,  // choices: value, words
                   const std::vector<Offer>& offers = {});   // of each choice; empty: all can be
    // Not set: it is not the same everywhere. What is on and cannot be stays enabled, marked with the reason, and can be taken off.
    void addCheck(const QString& name, const QString& label, std::optional<bool> isOn,
                  std::function<void(bool)> run, const Offer& offer = {});
    void addButton(const QString& name, const QString& text, std::function<void()> run,
                   const Offer& offer = {});
    void addRemovable(const QIcon& icon, const QString& text, const QString& removeName,
                      std::function<void()> open, std::function<void()> remove);

    void finish();

private:
    QVBoxLayout* body();
    QWidget* labelled(const QString& label, QWidget* field);
    PlainLabel* addProblemLine(QVBoxLayout* layout);
    void addReason(const QString& name, const QString& reason);

    QSet<QString>& m_folded;
    QVBoxLayout* m_layout = nullptr;
    QVBoxLayout* m_section = nullptr;
};

}  // namespace portolan::ui
