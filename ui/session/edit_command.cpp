// SPDX-License-Identifier: Apache-2.0
#include "ui/session/edit_command.h"

#include "ui/base/text.h"
#include "ui/session/session.h"

#include <algorithm>
#include <utility>

namespace portolan::ui {
namespace {

constexpr int mergeableId = 1;

}  // namespace

Edit editBetween(const std::string& before, const std::string& after, std::string name)
{
    if (before == after)
        return {std::move(name), {}, {}};
    const auto [left, right] =
        std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    const auto start = static_cast<std::size_t>(left - before.begin());
    std::size_t tail = 0;
    while (tail < std::min(before.size(), after.size()) - start &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    return {std::move(name),
            {Splice{start, before.size() - start - tail,
                    after.substr(start, after.size() - start - tail)}},
            {}};
}

EditCommand::EditCommand(Session& session, const Edit& edit, Edit inverse)
    : QUndoCommand(shown(edit.name)), m_session(session), m_mergeKey(edit.mergeKey),
      m_next(std::move(inverse))
{
}

int EditCommand::id() const
{
    return m_mergeKey.empty() ? -1 : mergeableId;
}

// The stack asks this before it pushes: both edits stand in the text.
bool EditCommand::mergeWith(const QUndoCommand* other)
{
    const auto* later = dynamic_cast<const EditCommand*>(other);
    if (!later || later->m_mergeKey != m_mergeKey || !m_session.document())
        return false;
    const std::string& now = m_session.document()->text();
    const std::string before = applied(applied(now, later->m_next), m_next);
    m_next = editBetween(now, before, m_next.name);
    setObsolete(m_next.changesNothing());
    return true;
}

void EditCommand::redo()
{
    if (std::exchange(m_isApplied, false))
        return;  // the push of an edit that stands in the text already
    flip();
}

void EditCommand::undo()
{
    m_isApplied = false;
    flip();
}

void EditCommand::flip()
{
    Result<Edit> inverse = m_session.perform(m_next);
    if (inverse)
        m_next = std::move(*inverse);
    else
        setObsolete(true);  // told already; a step that cannot be taken would block all others
}

}  // namespace portolan::ui
