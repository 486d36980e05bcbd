// SPDX-License-Identifier: Apache-2.0
// Protobuf schemas: messages as objects with their fields as paths, services as operations. Files are read by the protobuf compiler's own
// parser; what they import is looked for in the imported folder, and where that is missing the rest is still read.
#include "model/import/schemas/protobuf_file.h"

#include "model/base/hash.h"
#include "model/import/schema_reader.h"
#include "model/import/schemas/schemas_importers.h"

#include <algorithm>

namespace portolan {

namespace {

namespace pb = google::protobuf;

constexpr int depthMost = 32;         // of messages inside messages
constexpr int expandedMost = 20'000;  // fields of other messages, shown as paths
constexpr std::size_t textMost = 1000;

std::string typeName(const pb::FieldDescriptorProto& field)
{
    if (field.has_type_name())
        return field.type_name();
    static constexpr std::string_view names[] = {
        "",        "double",   "float",    "int64",  "uint64", "int32", "fixed64",
        "fixed32", "bool",     "string",   "group",  "",       "bytes", "uint32",
        "enum",    "sfixed32", "sfixed64", "sint32", "sint64"};
    const int type = field.type();
    return type > 0 && type < 19 ? std::string(names[type]) : std::string();
}

std::string shortened(std::string text)
{
    if (text.size() > textMost) {
        text.resize(textMost);
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80)
            text.pop_back();
        if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0)
            text.pop_back();
        text += "...";
    }
    return text;
}

// The parser leaves all options as they are written.
template <class Options>
bool isDeprecated(const Options& options)
{
    for (const pb::UninterpretedOption& option : options.uninterpreted_option()) {
        if (option.name_size() == 1 && option.name(0).name_part() == "deprecated" &&
            option.identifier_value() == "true")
            return true;
    }
    return false;
}

std::string withDeprecation(std::string description, bool isOld)
{
    if (!isOld)
        return description;
    return "Deprecated." + (description.empty() ? "" : " " + description);
}

template <class Ranges>
std::string rangesText(const Ranges& ranges)
{
    std::string text;
    for (const auto& range : ranges) {
        const std::int64_t end = std::int64_t(range.end()) - 1;  // it stands after the last one
        text += (text.empty() ? "" : ", ") + std::to_string(range.start());
        if (end != range.start())
            text += " to " + std::to_string(end);
    }
    return text;
}

class ProtobufReading {
public:
    ProtobufReading(const ProtobufFiles& files, const ProtobufFile& file,
                    const SchemaTarget& target, ImportContext& context)
        : m_files(files), m_file(file), m_target(target), m_context(context)
    {
    }

    void run()
    {
        for (int i = 0; i < m_file.proto.message_type_size(); ++i)
            readMessage(m_file.proto.package(), m_file.proto.message_type(i), 0);
        for (int i = 0; i < m_file.proto.service_size(); ++i)
            readService(m_file.proto.service(i), protobufPath({}, 6, i));
        for (int i = 0; i < m_file.proto.extension_size(); ++i)
            m_context.ignoredAt("extend", "not kept", m_file.line(protobufPath({}, 7, i)));
        for (int i = 0; i < m_file.proto.enum_type_size(); ++i) {
            if (m_file.proto.message_type_size() == 0)
                m_context.ignoredAt("enum", "kept where a field is of its type",
                                    m_file.line(protobufPath({}, 5, i)));
        }
    }

private:
    void readMessage(const std::string& scope, const pb::DescriptorProto& declared, int depth)
    {
        if (declared.options().map_entry() || depth > depthMost * 2)
            return;
        const std::string name = (scope.empty() ? "" : scope + ".") + declared.name();
        const ProtobufMessage* message = m_files.message("." + name, {});
        if (!message || message->message != &declared) {
            m_context.problem({Severity::Warning,
                               "protobuf.twice",
                               "Message \"" + name + "\" is declared twice. The first one is kept.",
                               {m_context.name()}});
            return;
        }
        SchemaObject object;
        object.contract = m_target.contract;
        object.dataset = m_isFirst ? m_target.dataset : DatasetIndex();
        object.name = shortName(name);
        object.physicalName =
            m_isFirst && !m_target.physicalName.empty() ? m_target.physicalName : name;
        object.description =
            withDeprecation(m_file.comment(message->path), isDeprecated(declared.options()));
        object.evidence = evidence(*message, message->path, object.name);
        m_isFirst = false;
        m_object = m_context.estate().object(std::move(object));
        m_root = message;
        m_open.clear();
        readFields(*message, "", 0);
        readRules(*message);
        for (const pb::DescriptorProto& nested : declared.nested_type())
            readMessage(name, nested, depth + 1);
    }

    // Without the package: "Outer.Inner".
    std::string shortName(const std::string& name) const
    {
        const std::string& package = m_file.proto.package();
        return package.empty() || !name.starts_with(package + ".")
                   ? name
                   : name.substr(package.size() + 1);
    }

    Evidence evidence(const ProtobufMessage& message, const std::string& path,
                      const std::string& what)
    {
        const int line = message.file->line(path);
        if (!message.file->name.empty())
            return m_context.evidenceAt(0, 0, message.file->name + ":" + std::to_string(line));
        const pb::SourceCodeInfo::Location* at = message.file->location(path);
        return m_context.evidenceAt(line, at && at->span_size() > 1 ? at->span(1) + 1 : 0, what);
    }

    void readFields(const ProtobufMessage& message, const std::string& prefix, int depth)
    {
        const bool isOpen =
            std::find(m_open.begin(), m_open.end(), message.message) != m_open.end();
        if (isOpen || depth > depthMost)
            return;  // it is inside itself
        m_open.push_back(message.message);
        for (int i = 0; i < message.message->field_size(); ++i)
            readField(message, i, prefix, depth);
        m_open.pop_back();
    }

    void readField(const ProtobufMessage& in, int position, const std::string& prefix, int depth)
    {
        const pb::FieldDescriptorProto& declared = in.message->field(position);
        const std::string path = protobufPath(in.path, 2, position);
        if (depth > 0 && !mayExpand(path))
            return;
        const bool isMany = declared.label() == pb::FieldDescriptorProto::LABEL_REPEATED;
        const ProtobufMessage* inner = nullptr;
        const pb::EnumDescriptorProto* values = nullptr;
        std::string logical = typeName(declared);
        std::string physical = logical;
        if (declared.has_type_name())
            findType(declared, in, inner, values, depth == 0 ? in.file->line(path) : 0);
        const ProtobufMessage* map =
            inner && inner->message->options().map_entry() && inner->message->field_size() == 2
                ? inner
                : nullptr;
        if (map) {
            const pb::FieldDescriptorProto& value = map->message->field(1);
            logical = "map of " + typeName(value);
            physical = "map<" + typeName(map->message->field(0)) + ", " + typeName(value) + ">";
            inner = nullptr;
            values = nullptr;
            if (value.has_type_name())
                findType(value, *map, inner, values, 0);
        } else {
            if (values)
                logical = "enum " + logical;
            if (isMany)
                logical = "array of " + logical;
            physical = (isMany ? "repeated " : "") + physical;
        }
        Field field;
        field.object = m_object;
        field.path = prefix + declared.name();
        field.logicalType = std::move(logical);
        field.physicalType = physical + " = " + std::to_string(declared.number());
        field.isRequired = requirement(declared, *in.file);
        field.description =
            withDeprecation(in.file->comment(path), isDeprecated(declared.options()));
        field.evidence = evidence(in, path, shortName(in.fullName) + "." + declared.name());
        const Evidence place = field.evidence;
        const std::string inside = field.path + (map ? "{}." : isMany ? "[]." : ".");
        const FieldIndex added = m_context.estate().field(std::move(field));
        if (values)
            addValues(*values, added, place);
        if (depth == 0)
            ignoreOptions(declared.options(), in.file->line(path));
        if (inner)
            readFields(*inner, inside, depth + 1);
    }

    bool mayExpand(const std::string& path)
    {
        if (++m_expanded <= expandedMost)
            return true;
        if (!m_isTold) {
            m_isTold = true;
            m_context.problemAt(Severity::Warning, "protobuf.too-large",
                                "The messages inside messages have more than " +
                                    std::to_string(expandedMost) +
                                    " fields. The rest is shown at its own message only.",
                                m_file.line(path));
        }
        return false;
    }

    void findType(const pb::FieldDescriptorProto& field, const ProtobufMessage& in,
                  const ProtobufMessage*& message, const pb::EnumDescriptorProto*& values, int line)
    {
        message = m_files.message(field.type_name(), in.fullName);
        if (!message)
            values = m_files.enumeration(field.type_name(), in.fullName);
        const std::string_view name = field.type_name();
        const bool isKnown = name.starts_with("google.protobuf.") ||
                             name.starts_with(".google.protobuf.") ||
                             (name.starts_with("protobuf.") && in.fullName.starts_with("google."));
        if (!message && !values && !isKnown && line > 0)
            m_context.unresolvedAt(name, "no message or enum of that name", line);
    }

    // A field of proto3 without a label is there or has its default: nobody can tell.
    static std::optional<bool> requirement(const pb::FieldDescriptorProto& field,
                                           const ProtobufFile& file)
    {
        for (const pb::UninterpretedOption& option : field.options().uninterpreted_option()) {
            const std::string& last =
                option.name_size() > 0 ? option.name(option.name_size() - 1).name_part() : "";
            if (last.ends_with("field_behavior") && option.identifier_value() == "REQUIRED")
                return true;
        }
        if (field.label() == pb::FieldDescriptorProto::LABEL_REQUIRED)
            return true;
        const bool isSaid = field.proto3_optional() || field.has_oneof_index() ||
                            field.label() == pb::FieldDescriptorProto::LABEL_REPEATED ||
                            file.proto.syntax() == "proto2" || field.has_type_name();
        return isSaid ? std::optional<bool>(false) : std::nullopt;
    }

    void addRule(const char* type, std::string name, std::string expression, FieldIndex field,
                 const Evidence& place)
    {
        Check check;
        check.contract = m_target.contract;
        check.object = m_object;
        check.field = field;
        check.name = std::move(name);
        check.type = type;
        check.expression = shortened(std::move(expression));
        check.evidence = place;
        m_context.estate().check(std::move(check));
    }

    void addValues(const pb::EnumDescriptorProto& values, FieldIndex field, const Evidence& place)
    {
        std::string text;
        for (const pb::EnumValueDescriptorProto& value : values.value()) {
            if (text.size() > textMost)
                break;
            text +=
                (text.empty() ? "" : ", ") + value.name() + " = " + std::to_string(value.number());
        }
        addRule("enum", values.name(), std::move(text), field, place);
    }

    // Alternatives and reserved numbers, which decide what a later version may do.
    void readRules(const ProtobufMessage& message)
    {
        const pb::DescriptorProto& declared = *message.message;
        const Evidence place = evidence(message, message.path, declared.name());
        std::vector<std::string> members(static_cast<std::size_t>(declared.oneof_decl_size()));
        for (const pb::FieldDescriptorProto& field : declared.field()) {
            const std::size_t at = static_cast<std::size_t>(field.oneof_index());
            if (field.has_oneof_index() && !field.proto3_optional() && at < members.size())
                members[at] += (members[at].empty() ? "" : ", ") + field.name();
        }
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (!members[i].empty())
                addRule("oneof", declared.oneof_decl(static_cast<int>(i)).name(), members[i], {},
                        place);
        }
        std::string reserved = rangesText(declared.reserved_range());
        for (const std::string& name : declared.reserved_name())
            reserved += (reserved.empty() ? "" : ", ") + name;
        if (!reserved.empty())
            addRule("reserved", "reserved", reserved, {}, place);
        if (declared.extension_range_size() > 0)
            m_context.ignoredAt("extensions", "not kept", message.file->line(message.path));
        if (declared.extension_size() > 0)
            m_context.ignoredAt("extend", "not kept", message.file->line(message.path));
        ignoreOptions(declared.options(), message.file->line(message.path));
    }

    template <class Options>
    void ignoreOptions(const Options& options, int line)
    {
        for (const pb::UninterpretedOption& option : options.uninterpreted_option()) {
            std::string name;
            for (const pb::UninterpretedOption::NamePart& part : option.name())
                name += (name.empty() ? "" : ".") +
                        (part.is_extension() ? "(" + part.name_part() + ")" : part.name_part());
            if (name != "deprecated" && name != "json_name")
                m_context.ignoredAt("option " + name, "not kept", line);
        }
    }

    void readService(const pb::ServiceDescriptorProto& service, const std::string& path)
    {
        const std::string& package = m_file.proto.package();
        const std::string name = (package.empty() ? "" : package + ".") + service.name();
        for (int i = 0; i < service.method_size(); ++i) {
            const pb::MethodDescriptorProto& method = service.method(i);
            const std::string at = protobufPath(path, 2, i);
            Operation operation;
            operation.contract = m_target.contract;
            operation.name = service.name() + "." + method.name();
            operation.method = "rpc";
            operation.address = "/" + name + "/" + method.name();
            operation.request = objectName(method.input_type(), name, at);
            operation.response = objectName(method.output_type(), name, at);
            operation.description = m_file.comment(at);
            operation.isDeprecated =
                isDeprecated(method.options()) || isDeprecated(service.options());
            const bool isStream = method.client_streaming() || method.server_streaming();
            if (isStream)
                operation.description +=
                    std::string(operation.description.empty() ? "" : "\n") +
                    (!method.server_streaming()   ? "Takes a stream."
                     : !method.client_streaming() ? "Answers a stream."
                                                  : "Takes and answers a stream.");
            operation.evidence =
                m_context.evidenceAt(m_file.line(at), 0, service.name() + "." + method.name());
            m_context.estate().fact(std::move(operation));
            ignoreOptions(method.options(), m_file.line(at));
        }
        ignoreOptions(service.options(), m_file.line(path));
    }

    std::string objectName(const std::string& type, const std::string& scope,
                           const std::string& path)
    {
        const ProtobufMessage* message = m_files.message(type, scope);
        if (message)
            return message->file == &m_file ? shortName(message->fullName) : message->fullName;
        const std::string name = type.starts_with('.') ? type.substr(1) : type;
        if (!name.starts_with("google.protobuf."))
            m_context.unresolvedAt(name, "no message of that name", m_file.line(path));
        return name;
    }

    const ProtobufFiles& m_files;
    const ProtobufFile& m_file;
    const SchemaTarget& m_target;
    ImportContext& m_context;
    SchemaObjectIndex m_object;
    const ProtobufMessage* m_root = nullptr;
    std::vector<const pb::DescriptorProto*> m_open;
    int m_expanded = 0;
    bool m_isFirst = true;
    bool m_isTold = false;
};

// "v1" of "google.example.library.v1": a package's last part is its version by custom.
std::string versionOf(const std::string& package)
{
    const std::string last = package.substr(package.rfind('.') + 1);
    const bool isVersion = last.size() > 1 && last[0] == 'v' && last[1] >= '0' && last[1] <= '9';
    return isVersion ? last : std::string();
}

class ProtobufImporter : public Importer {
public:
    std::string_view format() const override { return "protobuf"; }
    std::string_view title() const override { return "Protobuf schemas"; }
    std::string_view group() const override { return "Schemas"; }
    bool readsText() const override { return true; }

    Match match(const SourceHead& head) const override
    {
        if (head.document)
            return Match::No;
        const bool isNamed = head.fileName.ends_with(".proto");
        for (const std::string_view mark :
             {"syntax = \"proto", "syntax=\"proto", "syntax = 'proto", "edition = \"20"}) {
            const std::size_t at = head.text.find(mark);
            if (at != std::string_view::npos && (at == 0 || head.text[at - 1] == '\n'))
                return Match::ByContent;
        }
        const bool hasMark = head.text.find("message ") != std::string_view::npos ||
                             head.text.find("enum ") != std::string_view::npos ||
                             head.text.find("service ") != std::string_view::npos ||
                             head.text.find("package ") != std::string_view::npos ||
                             head.text.find("syntax") != std::string_view::npos;
        return isNamed && hasMark ? Match::ByContent : isNamed ? Match::ByName : Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        ProtobufFiles files(context);
        const ProtobufFile* file = files.read(text, 1);
        if (!file)
            return;
        context.setFormatVersion(file->proto.syntax());
        const int syntaxStep = 12;
        if (!file->location(
                std::string(reinterpret_cast<const char*>(&syntaxStep), sizeof syntaxStep)))
            context.problemAt(Severity::Note, "protobuf.no-syntax",
                              "The file does not say its syntax (expected proto2, proto3 or an "
                              "edition). Read as proto2.",
                              1);
        const std::string& package = file->proto.package();
        std::string name = context.name().substr(context.name().rfind('/') + 1);
        if (name.ends_with(".proto"))
            name.resize(name.size() - 6);
        Contract contract;
        contract.id = package.empty() ? name : package + "." + name;
        contract.name = name;
        contract.version = versionOf(package);
        contract.apiVersion = file->proto.syntax();
        contract.contentHash = sha256(text);
        const int packageStep = 2;
        const int line = file->line(
            std::string(reinterpret_cast<const char*>(&packageStep), sizeof packageStep));
        contract.evidence = context.evidenceAt(std::max(line, 1));
        if (isDeprecated(file->proto.options())) {
            contract.statusText = "deprecated";
            contract.status = ContractStatus::Deprecated;
        }
        if (file->proto.service_size() > 0)
            contract.product = product(contract, context);
        const EstateBuilder::Added added = context.estate().contract(std::move(contract));
        if (added.isNew)
            ProtobufReading(files, *file, {added.contract, {}}, context).run();
    }

private:
    static ProductIndex product(const Contract& contract, ImportContext& context)
    {
        ObservedProduct product;
        product.id = contract.id;
        product.name = contract.name;
        product.kind = ProductKind::OperationalApi;
        product.isInferred = true;
        product.evidence = contract.evidence;
        return context.estate().product(std::move(product));
    }
};

}  // namespace

void readProtobufSchema(std::string_view text, const SchemaTarget& target, int line,
                        ImportContext& context)
{
    ProtobufFiles files(context);
    if (const ProtobufFile* file = files.read(text, std::max(line, 1)))
        ProtobufReading(files, *file, target, context).run();
}

std::unique_ptr<Importer> protobufImporter()
{
    return std::make_unique<ProtobufImporter>();
}

}  // namespace portolan
