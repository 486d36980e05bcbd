// SPDX-License-Identifier: Apache-2.0
// What is open: the map, the estate, the selection, the undo stack. The one object that tells views of changes; views hold a pointer
// to it and nothing of each other. Lives on the window's thread.
#pragma once

#include "model/analysis/lineage/coupling.h"
#include "model/analysis/map_drift/map_drift.h"
#include "model/analysis/rules/rule.h"
#include "model/base/entity_ref.h"
#include "model/base/result.h"
#include "model/estate/estate.h"
#include "model/map/edits.h"
#include "model/map/map_document.h"
#include "model/map/map_file.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

class QUndoStack;

namespace portolan::ui {

// What holding a TO-BE map against its AS-IS map has found.
struct AsIsAnswers {
    std::vector<Finding> findings;   // what no decision explains
    std::optional<Problem> problem;  // the AS-IS map cannot be read
};

class Session : public QObject {
    Q_OBJECT

public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    // The map. `document()` is null while none is open.
    const MapDocument* document() const;
    const ContextMap& map() const;  // an empty one while none is open
    QString mapPath() const;        // empty: not saved yet
    bool isModified() const;        // there are edits that were not saved
    void setMap(MapDocument document,
                FileStamp stamp);  // opens it: new undo stack, selection cleared
    void closeMap();
    const FileStamp& stamp() const;
    void markSaved(FileStamp stamp);

    // Makes an edit one undo step. A failure or a refusal is told by `messageRaised` and answers false.
    bool apply(const Result<Edit>& edit);
    // The same for something new; answers its id, empty when it was not made.
    std::string apply(const Result<Creation>& creation);
    QUndoStack* undoStack() const;

    // What was observed, with the map's decisions on names applied; never null, empty before an import.
    EstatePtr estate() const;
    // The same as it was imported: what identities are proposed for.
    EstatePtr observedEstate() const;
    void setEstate(EstatePtr observed);

    // Answers that follow from map and estate, kept until either changes.
    const std::vector<Finding>&
    findings() const;  // of the context map rules, then of the AS-IS map
    // Those of the AS-IS map come later than the edit that they follow from. Setting the same again tells nobody.
    void setAsIsAnswers(AsIsAnswers answers);
    const std::optional<Problem>& asIsProblem() const;
    const EstateOwnership& ownership() const;
    const MapDrift& drift() const;
    const std::vector<CouplingProfile>& couplings() const;
    // The day (2026-11-24) on which acceptances of drift are held; none of them ends while it is not set.
    void setToday(const std::string& day);

    // One selection, shared by all views; the first is the current one. Setting the same again tells nobody.
    const std::vector<EntityRef>& selection() const;
    void select(const EntityRef& entity);
    void setSelection(std::vector<EntityRef> entities);
    void clearSelection();

    // Places visited, for back and forward: a place is the selection that was looked at.
    bool canGoBack() const;
    bool canGoForward() const;
    void goBack();
    void goForward();

    // For people: the name of a thing of the map or the estate; its id where it has none.
    QString nameOf(const EntityRef& entity) const;

signals:
    void mapOpened();   // another map, or none
    void mapChanged();  // also after mapOpened, each edit, undo and redo
    void estateChanged();
    void findingsChanged();  // after mapChanged and estateChanged, when the answers are new
    void selectionChanged();
    void modifiedChanged(bool isModified);
    void savedAs(const QString& path);
    void placesChanged();
    // A sentence for the user, plain text, shown in the status bar and kept in the log; `isError` marks a failure.
    void messageRaised(const QString& message, bool isError);
    // A view asks that a place in a source be shown: file, line, column.
    void sourceRequested(const portolan::SourceSpan& span);
    // An edit was applied, undone or redone: what the journal keeps.
    void editApplied(const portolan::Edit& edit);

public:
    void raiseMessage(const QString& message, bool isError = false)
    {
        emit messageRaised(message, isError);
    }
    void requestSource(const SourceSpan& span) { emit sourceRequested(span); }

private:
    friend class EditCommand;
    struct State;

    Result<Edit> perform(const Edit& edit);  // applies it and tells everyone
    void showAnotherMap();
    void showEstate(EstatePtr estate);
    void applyIdentities();
    void forgetAnswers();
    void startAnswers();
    void pruneSelection();
    bool exists(const EntityRef& entity) const;
    void goTo(std::size_t place);
    void show(std::vector<EntityRef> entities);
    std::unique_ptr<State> m_state;
};

}  // namespace portolan::ui
