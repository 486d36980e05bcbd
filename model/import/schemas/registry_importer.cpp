// SPDX-License-Identifier: Apache-2.0
// Schema registries: answers of the REST interface (one, a list, one a line), and dumps of the topic in which a registry keeps what it
// knows (as the console consumer prints it, or as backups of Karapace hold it). In a dump later entries replace earlier ones.
#include "model/import/document_content.h"
#include "model/import/schemas/registry_facts.h"
#include "model/import/schemas/schemas_importers.h"

#include <algorithm>
#include <deque>
#include <map>
#include <unordered_map>

namespace portolan {

namespace {

constexpr std::string_view registry = "schema-registry";

bool isVersion(const DataNode& node)
{
    return node["subject"].isString() && node["version"] && node["schema"].isString();
}

bool isPair(const DataNode& node)
{
    return node.isArray() && node.size() == 2 && (*node.begin())["keytype"].isString();
}

bool isConfig(const DataNode& node)
{
    return node.isObject() && node["compatibilityLevel"].isString() && node.size() <= 8;
}

DataNode firstOf(const DataNode& root)
{
    return root.isArray() && root.size() > 0 ? *root.begin() : root;
}

bool isSubjectList(const DataNode& root, std::string_view fileName)
{
    return root.isArray() && root.size() > 0 &&
           fileName.find("subjects") != std::string_view::npos &&
           std::all_of(root.begin(), root.end(),
                       [](const DataNode& one) { return one.isString(); });
}

// One entry of a dump. Its value is a node, or still text.
struct Entry {
    std::string keyType;
    std::string subject;
    std::string version;
    DataNode value;
    std::string_view text;
    int line = 0;
    bool isTombstone = false;
};

class DumpReading {
public:
    explicit DumpReading(ImportContext& context) : m_context(context) {}

    // The key's names; missing when it is no key.
    void add(const DataNode& key, Entry entry)
    {
        entry.keyType = textAt(key, "keytype", m_context, registry);
        entry.subject = textAt(key, "subject", m_context, registry);
        entry.version = textAt(key, "version", m_context, registry);
        if (entry.keyType == "SCHEMA" || entry.keyType == "CONFIG" ||
            entry.keyType == "DELETE_SUBJECT") {
            keep(std::move(entry));
            return;
        }
        const std::string name = entry.keyType.empty() ? "entry without keytype" : entry.keyType;
        if (entry.value)
            m_context.ignored(name, "not kept", entry.value);
        else
            m_context.ignoredAt(name, "not kept", entry.line);
    }

    void finish()
    {
        for (const Entry& entry : m_entries) {
            if (m_context.progress().stopRequested())
                return;
            if (entry.keyType == "SCHEMA")
                readVersion(entry);
            else if (entry.keyType == "CONFIG")
                readLevel(entry);
        }
        if (m_globalLevel.empty())
            return;
        for (const auto& [subject, evidence] : m_subjects) {
            if (!m_hasLevel.contains(subject))
                addCompatibility(subject, m_globalLevel, evidence, m_context);
        }
    }

private:
    void keep(Entry entry)
    {
        if (entry.keyType == "DELETE_SUBJECT") {
            m_deletedFrom[entry.subject] = m_entries.size();
            return;
        }
        const std::string name = entry.keyType + " " + entry.version + " " + entry.subject;
        const auto [known, isNew] = m_byKey.try_emplace(name, m_entries.size());
        if (!isNew)
            m_entries[known->second].keyType.clear();  // replaced
        known->second = m_entries.size();
        m_entries.push_back(std::move(entry));
    }

    void readVersion(const Entry& entry)
    {
        if (entry.isTombstone) {
            leaveOut("tombstone", "the version was deleted for good", entry);
            return;
        }
        const auto deleted = m_deletedFrom.find(entry.subject);
        const std::size_t position = static_cast<std::size_t>(&entry - m_entries.data());
        RegistryVersion version;
        version.subject = entry.subject;
        version.version = entry.version;
        version.line = entry.line;
        version.value = valueOf(entry);
        version.isDeleted = deleted != m_deletedFrom.end() && position < deleted->second;
        if (version.subject.empty() || version.version.empty()) {
            leaveOut("SCHEMA", "an entry without subject and version", entry);
            return;
        }
        addRegistryVersion(version, m_context);
        m_context.forgetEmbedded();
        m_subjects.try_emplace(entry.subject, evidenceOf(entry));
    }

    void readLevel(const Entry& entry)
    {
        const std::string level = entry.isTombstone ? "" : compatibilityOf(valueOf(entry));
        if (level.empty()) {
            leaveOut("tombstone", "the level was removed", entry);
            return;
        }
        if (entry.subject.empty()) {
            m_globalLevel = level;
            return;
        }
        m_hasLevel.emplace(entry.subject, true);
        addCompatibility(entry.subject, level, evidenceOf(entry), m_context);
    }

    // Read when it is needed, so that not all of a long dump is in memory at once.
    DataNode valueOf(const Entry& entry)
    {
        if (entry.value || entry.isTombstone)
            return entry.value;
        m_context.beginDocument();
        return m_context.embeddedText(entry.text, entry.line, "the value");
    }

    Evidence evidenceOf(const Entry& entry)
    {
        return entry.value ? m_context.evidence(entry.value) : m_context.evidenceAt(entry.line);
    }

    void leaveOut(std::string_view name, std::string_view reason, const Entry& entry)
    {
        if (entry.value)
            m_context.ignored(name, reason, entry.value);
        else
            m_context.ignoredAt(name, reason, entry.line);
    }

    ImportContext& m_context;
    std::vector<Entry> m_entries;
    std::unordered_map<std::string, std::size_t> m_byKey;
    std::unordered_map<std::string, std::size_t> m_deletedFrom;
    std::map<std::string, Evidence> m_subjects;
    std::unordered_map<std::string, bool> m_hasLevel;
    std::string m_globalLevel;
};

class RegistryImporter : public Importer {
public:
    std::string_view format() const override { return registry; }
    std::string_view title() const override { return "Schema registry"; }
    std::string_view group() const override { return "Schemas"; }
    bool readsLines() const override { return true; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const DataNode first = firstOf(root);
        if (isVersion(first) || isPair(first) || isConfig(root))
            return Match::ByContent;
        return isSubjectList(root, head.fileName) ? Match::ByName : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        if (root.isArray() && isPair(firstOf(root))) {
            readPairs(root, context);
            return;
        }
        for (const DataNode& one : root.isArray() ? std::vector<DataNode>(root.begin(), root.end())
                                                  : std::vector<DataNode>{root}) {
            if (context.progress().stopRequested())
                return;
            readAnswer(one, context);
            context.forgetEmbedded();
        }
    }

private:
    static void readPairs(const DataNode& root, ImportContext& context)
    {
        DumpReading dump(context);
        for (const DataNode pair : root) {
            if (!isPair(pair)) {
                context.problem(Severity::Warning, "schema-registry.entry",
                                "An entry is no pair of key and value. Entry skipped.", pair);
                continue;
            }
            Entry entry;
            DataNode::Iterator at = pair.begin();
            const DataNode key = *at;
            ++at;
            entry.value = *at;
            entry.isTombstone = entry.value.isNull();
            dump.add(key, std::move(entry));
        }
        dump.finish();
    }

    static void readAnswer(const DataNode& node, ImportContext& context)
    {
        if (node.isString()) {
            registrySubject(node.text(), context.evidence(node), context);
            return;
        }
        if (isConfig(node)) {
            context.ignored("compatibilityLevel " + compatibilityOf(node),
                            "the file names no subject that it holds for", node);
            return;
        }
        RegistryVersion version;
        version.subject = textAt(node, "subject", context, registry);
        version.version = textAt(node, "version", context, registry);
        version.value = node;
        if (version.subject.empty() || version.version.empty()) {
            context.problem(Severity::Error, "schema-registry.no-subject",
                            "A version of a schema has no subject or no number (both are "
                            "required). Version skipped.",
                            node);
            return;
        }
        addRegistryVersion(version, context);
    }
};

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool decodeHex(std::string_view text, std::string& decoded)
{
    decoded.clear();
    if (text.size() % 2 != 0)
        return false;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digitOf(text[i]);
        const int low = digitOf(text[i + 1]);
        if (high < 0 || low < 0)
            return false;
        decoded += static_cast<char>(high * 16 + low);
    }
    return true;
}

std::string_view nextLine(std::string_view& text)
{
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

class RegistryDumpImporter : public Importer {
public:
    std::string_view format() const override { return "schema-registry-dump"; }
    std::string_view title() const override { return "Dump of a schema registry"; }
    std::string_view group() const override { return "Schemas"; }
    bool readsText() const override { return true; }

    Match match(const SourceHead& head) const override
    {
        if (head.document)
            return Match::No;
        std::string_view text = head.text;
        const std::string_view first = nextLine(text);
        if (first == "/V2")
            return Match::ByContent;
        const std::string_view key = first.substr(0, first.find('\t'));
        return key.size() < first.size() && key.starts_with('{') &&
                       key.find("\"keytype\"") != std::string_view::npos
                   ? Match::ByContent
                   : Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        std::deque<std::string> decoded;
        const bool isHex = text.starts_with("/V2");
        context.setFormatVersion(isHex ? "2" : "");
        DumpReading dump(context);
        for (int number = 1; !text.empty(); ++number) {
            if (context.progress().stopRequested())
                return;
            std::string_view line = nextLine(text);
            if (line.empty() || (isHex && number == 1))
                continue;
            readLine(line, number, isHex ? &decoded : nullptr, dump, context);
        }
        dump.finish();
    }

private:
    static void readLine(std::string_view line, int number, std::deque<std::string>* decoded,
                         DumpReading& dump, ImportContext& context)
    {
        const std::size_t tab = line.find('\t');
        std::string_view keyText = line.substr(0, tab);
        std::string_view value =
            tab == std::string_view::npos ? std::string_view() : line.substr(tab + 1);
        value = value.substr(0, value.find('\t'));
        if (decoded) {
            std::string& keyBytes = decoded->emplace_back();
            std::string& valueBytes = decoded->emplace_back();
            if (!decodeHex(keyText, keyBytes) || !decodeHex(value, valueBytes)) {
                notAnEntry(number, context);
                return;
            }
            keyText = keyBytes;
            value = valueBytes;
        }
        context.beginDocument();
        const DataNode key = keyText.starts_with('{')
                                 ? context.embeddedText(keyText, number, "the key")
                                 : DataNode();
        if (!key.isObject()) {
            notAnEntry(number, context);
            return;
        }
        Entry entry;
        entry.text = value;
        entry.line = number;
        entry.isTombstone = value.empty() || value == "null";
        dump.add(key, std::move(entry));
    }

    static void notAnEntry(int number, ImportContext& context)
    {
        context.problemAt(Severity::Warning, "schema-registry.entry",
                          "The line is no entry of a registry (expected key, tab, value). Line "
                          "skipped.",
                          number);
    }
};

}  // namespace

std::unique_ptr<Importer> registryImporter()
{
    return std::make_unique<RegistryImporter>();
}

std::unique_ptr<Importer> registryDumpImporter()
{
    return std::make_unique<RegistryDumpImporter>();
}

}  // namespace portolan
