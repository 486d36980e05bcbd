// SPDX-License-Identifier: Apache-2.0
// Asks what a refactoring needs to know, and says all the while what it will do, or why it cannot be done. One form for all of them:
// each is put together of names, choices and lists to check (refactor_menu.cpp).
#pragma once

#include "model/base/result.h"
#include "model/map/map_document.h"

#include <QDialog>
#include <QPointer>

#include <functional>
#include <string>
#include <vector>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace portolan::ui {

class PlainLabel;
class Session;

// One thing to choose: its words, and what it stands for.
struct RefactorOption {
    QString text;
    std::string id;
    std::string group;  // tells apart what has the same id, such as a term and a product
    bool isChecked = false;
};

class RefactorDialog : public QDialog {
    Q_OBJECT

public:
    using Make = std::function<Result<Edit>(const MapDocument& document)>;

    RefactorDialog(Session* session, const QString& title, const QString& doIt, QWidget* parent);

    // Fields, from top to bottom. Their names are those that tests and screen readers find them by.
    QLineEdit* addName(const QString& label, const QString& objectName, const QString& value);
    QComboBox* addChoice(const QString& label, const QString& objectName,
                         const std::vector<RefactorOption>& options);
    QListWidget* addChecks(const QString& label, const QString& objectName,
                           const std::vector<RefactorOption>& options);

    // A list without options is not shown. What was checked stays so.
    void setOptions(QListWidget* list, const std::vector<RefactorOption>& options);
    static std::string chosen(const QComboBox* choice);
    static std::vector<std::string> checked(const QListWidget* list, const std::string& group = {});

    // Called before each preview: fields that follow from others are filled here.
    void onChange(std::function<void()> follow) { m_follow = std::move(follow); }
    // Shows it. `make` is asked after each change, and its edit is done by the button.
    void ask(Make make);

    void accept() override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addRow(const QString& label, QWidget* field);
    void refresh();
    void fitPreview();

    QPointer<Session> m_session;
    Make m_make;
    std::function<void()> m_follow;
    QFormLayout* m_form = nullptr;
    std::vector<QWidget*> m_fields;  // from top to bottom
    PlainLabel* m_preview = nullptr;
    QPushButton* m_ok = nullptr;
    bool m_isRefreshing = false;
};

}  // namespace portolan::ui
