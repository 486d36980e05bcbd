// SPDX-License-Identifier: Apache-2.0
// The review of names and owners: which names may mean one thing, who could own what nobody claims, and what has been decided. Every
// decision is an edit of the map, one undo step, and is applied at once and at every later import.
#pragma once

#include "model/analysis/identity/identity.h"
#include "model/analysis/identity/ownership_proposals.h"
#include "ui/base/task.h"

#include <QTimer>
#include <QWidget>

#include <array>

class QAction;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace portolan::ui {

class PlainLabel;
class ProposalModel;
class Session;

class IdentityView : public QWidget {
    Q_OBJECT

public:
    explicit IdentityView(Session* session, QWidget* parent = nullptr);

    enum Page { Names, Owners, Decided, PageCount };

signals:
    void countChanged(int openProposals);

private:
    struct Answers {
        std::vector<IdentityProposal> names;
        std::vector<OwnershipProposal> owners;
        std::vector<std::size_t> decided;  // how many things each decision of the map is about
    };

    void createActions();
    QTableView* createPage(Page page, const QString& title, ProposalModel* model,
                           const QString& what, const QString& how);
    void startRefresh();
    void showAnswers(Answers answers);
    void showChosen();
    void decide(bool isSame);
    void takeBack();
    void give();
    std::vector<std::size_t> chosen(Page page) const;  // rows of the page's model
    Page page() const;

    Session* m_session;
    Answers m_answers;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_pages = nullptr;
    std::array<ProposalModel*, PageCount> m_models = {};
    std::array<QTableView*, PageCount> m_tables = {};
    QAction* m_same = nullptr;
    QAction* m_different = nullptr;
    QAction* m_takeBack = nullptr;
    QAction* m_give = nullptr;
    PlainLabel* m_details = nullptr;
    QTimer m_refreshTimer;
    Task m_refreshing;
};

}  // namespace portolan::ui
