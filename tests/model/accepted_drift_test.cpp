// SPDX-License-Identifier: Apache-2.0
// Acceptances of drift in the map: read, edited, compared, merged and held to their day.
#include "model/analysis/rules/accepted_drift.h"

#include "model/analysis/rules/quick_fixes.h"
#include "model/map/edits.h"
#include "model/map/map_diff.h"
#include "model/map/map_merge.h"
#include "tests/support/text_output.h"

#include <algorithm>

namespace portolan {
namespace {

std::string mapText(const std::string& accepted)
{
    std::string text = "{\n  'portolan': 1,\n  'name': 'Test',\n  'contexts': [\n"
                       "    {'id': 'crm', 'name': 'CRM'},\n"
                       "    {'id': 'party', 'name': 'Party'}\n  ],\n  'relationships': [\n"
                       "    {'id': 'r', 'type': 'upstream-downstream', 'upstream': 'crm', "
                       "'downstream': 'party'}\n  ]" +
                       (accepted.empty() ? "" : ",\n  'acceptedDrift': [" + accepted + "]") +
                       "\n}\n";
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

MapDocument mapOf(const std::string& accepted)
{
    Result<MapDocument> document = MapDocument::read(mapText(accepted), "test.json");
    if (!document)
        qFatal("%s", toText(document.error()).c_str());
    return std::move(*document);
}

const std::string neverSeen =
    "\n    {'kind': 'never-observed', 'subject': 'relationship r', 'reason': 'Starts in May', "
    "'until': '2027-05-01', 'x-ticket': 7}\n  ";

AcceptedDrift flowFromCrm()
{
    AcceptedDrift accepted;
    accepted.kind = "observed-not-declared";
    accepted.from = ContextId("crm");
    accepted.to = ContextId("party");
    accepted.reason = " Until the CRM is gone ";
    return accepted;
}

AcceptedDrift neverSeenAnew()
{
    AcceptedDrift accepted;
    accepted.kind = "never-observed";
    accepted.subject = "relationship r";
    accepted.reason = "Starts in June";
    accepted.by = "M. Okafor";
    return accepted;
}

// The name of the edit and the text after it; what is wrong when it is refused. Checks that undo restores the bytes.
std::string afterEdit(const MapDocument& document, const Result<Edit>& edit)
{
    if (!edit)
        return edit.error().message;
    Result<MapDocument> read = MapDocument::read(document.text(), document.file());
    if (!read)
        return read.error().message;
    MapDocument& changed = *read;
    const Result<Edit> inverse = changed.apply(*edit);
    if (!inverse)
        return inverse.error().message;
    std::string text = edit->name + "\n" + changed.text();
    if (const Result<Edit> again = changed.apply(*inverse); !again)
        return again.error().message;
    return changed.text() == document.text() ? text : "undo restores other bytes";
}

std::string with(const std::string& name, const std::string& accepted)
{
    return name + "\n" + mapText(accepted);
}

// The list stays, with nothing in it.
std::string emptied()
{
    std::string text = mapText("!");
    text.erase(text.find('!'), 1);
    return text;
}

std::string found(const std::string& accepted, std::string_view today)
{
    std::string text;
    for (const Finding& finding : checkAcceptedDrift(mapOf(accepted).map(), today))
        text += finding.rule + " " + finding.subjectName + ": " + finding.message + "\n";
    return text;
}

}  // namespace

class AcceptedDriftTest : public QObject {
    Q_OBJECT

private slots:
    void isReadWithAllThatItSays()
    {
        const MapDocument document = mapOf(neverSeen);
        QCOMPARE(document.map().acceptedDrift.size(), std::size_t(1));
        const AcceptedDrift& accepted = document.map().acceptedDrift.front();
        QCOMPARE(accepted.kind, std::string("never-observed"));
        QCOMPARE(accepted.subject, std::string("relationship r"));
        QCOMPARE(accepted.reason, std::string("Starts in May"));
        QCOMPARE(accepted.until, std::string("2027-05-01"));
    }

    void anUnknownKindAndAMissingReasonAreProblems()
    {
        QCOMPARE(
            tests::lines(mapOf("{'kind': 'never-obseved', 'from': 'crm'}").problems()),
            std::string(
                "test.json:11:30: error: An accepted drift: \"kind\" is \"never-obseved\"; expected "
                "\"observed-not-declared\", \"never-observed\", \"not-observed-since\", "
                "\"wrong-direction\", \"separate-ways\", \"bypassed-translation\" or "
                "\"internals-read\". Did you mean \"never-observed\"? [map.unknown-value]\n"
                "test.json:11:21: error: An accepted drift has no \"reason\"; expected a string. "
                "[map.missing-key]\n"));
    }

    void acceptingAddsToTheList()
    {
        const MapDocument document = mapOf("");
        QCOMPARE(
            afterEdit(document, acceptDrift(document, flowFromCrm())),
            with("Accept drift of CRM → Party",
                 "\n    {\n      'kind': 'observed-not-declared',\n      'from': 'crm',\n      "
                 "'to': 'party',\n      'reason': 'Until the CRM is gone'\n    }\n  "));
    }

    void acceptingAgainSaysItAnew()
    {
        const MapDocument document = mapOf(neverSeen);
        QCOMPARE(afterEdit(document, acceptDrift(document, neverSeenAnew())),
                 with("Accept drift of relationship r",
                      "\n    {'kind': 'never-observed', 'subject': 'relationship r', 'reason': "
                      "'Starts in June', 'by': 'M. Okafor', 'x-ticket': 7}\n  "));
    }

    void withdrawingTakesItBack()
    {
        const MapDocument document = mapOf(neverSeen);
        QCOMPARE(afterEdit(document, withdrawAcceptance(document, neverSeenAnew())),
                 "Withdraw acceptance of relationship r\n" + emptied());
        QCOMPARE(afterEdit(document, withdrawAcceptance(document, flowFromCrm())),
                 std::string("No drift is accepted of CRM → Party."));
    }

    void refusesWhatSaysNothing()
    {
        const MapDocument document = mapOf("");
        AcceptedDrift accepted = flowFromCrm();
        accepted.reason = "  ";
        QCOMPARE(afterEdit(document, acceptDrift(document, accepted)),
                 std::string("Say why the difference is accepted: the reason is empty or cannot be "
                             "written."));
        accepted = flowFromCrm();
        accepted.until = "2027-13-01";
        QCOMPARE(afterEdit(document, acceptDrift(document, accepted)),
                 std::string("\"2027-13-01\" is no day; expected one such as 2027-03-31."));
        accepted = flowFromCrm();
        accepted.to = ContextId();
        QCOMPARE(afterEdit(document, acceptDrift(document, accepted)),
                 std::string("An acceptance is about a subject or between two contexts."));
        accepted = flowFromCrm();
        accepted.kind = "other";
        QCOMPARE(afterEdit(document, acceptDrift(document, accepted)),
                 std::string("\"other\" is no kind of drift."));
    }

    void endsAfterItsDay()
    {
        QCOMPARE(found(neverSeen, "2027-05-01"), std::string());
        QCOMPARE(found(neverSeen, ""), std::string());
        QCOMPARE(found(neverSeen, "2027-05-02"),
                 std::string("accepted-drift-past CRM → Party: It was accepted until 2027-05-01: "
                             "Starts in May\n"));
    }

    void mustBeAboutSomethingThatIsThere()
    {
        QCOMPARE(found("{'kind': 'never-observed', 'subject': 'route gone', 'reason': 'x'}, "
                       "{'kind': 'observed-not-declared', 'from': 'crm', 'to': 'hr', 'reason': "
                       "'x'}",
                       ""),
                 std::string("accepted-drift-gone route gone: \"route gone\" is not on the map.\n"
                             "accepted-drift-gone CRM → hr: Context \"hr\" is not on the map.\n"));
    }

    void itsFindingsAreMendedByWithdrawing()
    {
        const MapDocument document = mapOf(neverSeen);
        const std::vector<Finding> findings = checkAcceptedDrift(document.map(), "2027-05-02");
        QCOMPARE(findings.size(), std::size_t(1));
        const std::vector<QuickFix> fixes = quickFixes(document, findings.front());
        QCOMPARE(fixes.size(), std::size_t(1));
        QCOMPARE(fixes.front().title, std::string("Withdraw the acceptance"));
        QCOMPARE(applied(document.text(), fixes.front().edit), emptied());
        QVERIFY(hasFixes("accepted-drift-past") && hasFixes("accepted-drift-gone"));
    }

    void twoThatAcceptDifferentThingsAreBothKept()
    {
        const std::string flow =
            "\n    {'kind': 'observed-not-declared', 'from': 'crm', 'to': 'party', 'reason': "
            "'y'}\n  ";
        const MapMerge merged = mergeMaps(mapOf(""), mapOf(neverSeen), mapOf(flow));
        QVERIFY(merged.isClean());
        const Result<MapDocument> both = MapDocument::read(merged.text, "merged.json");
        QVERIFY(both.has_value());
        QCOMPARE(both->map().acceptedDrift.size(), std::size_t(2));
    }

    void theSameAcceptedForTwoReasonsIsAConflict()
    {
        const std::string other =
            "\n    {'kind': 'never-observed', 'subject': 'relationship r', 'reason': 'Never "
            "needed', 'until': '2027-05-01', 'x-ticket': 7}\n  ";
        const std::string third =
            "\n    {'kind': 'never-observed', 'subject': 'relationship r', 'reason': 'Starts in "
            "July', 'until': '2027-05-01', 'x-ticket': 7}\n  ";
        const MapMerge merged = mergeMaps(mapOf(neverSeen), mapOf(other), mapOf(third));
        QCOMPARE(merged.conflicts.size(), std::size_t(1));
        QCOMPARE(merged.conflicts.front().ours, std::string("\"Never needed\""));
        QCOMPARE(merged.conflicts.front().theirs, std::string("\"Starts in July\""));
    }

    void aDifferenceBetweenMapsNamesIt()
    {
        std::string text;
        for (const MapChange& change : mapChanges(mapOf(""), mapOf(neverSeen)))
            text += toText(change) + "\n";
        QCOMPARE(text,
                 std::string("+ accepted drift without an id: {\"kind\": \"never-observed\", "
                             "\"subject\": \"relationship r\", \"reason\": \"Starts in May\", "
                             "\"until\": \"2027-05-01\", \"x-ticket\": 7}\n"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::AcceptedDriftTest)
#include "accepted_drift_test.moc"
