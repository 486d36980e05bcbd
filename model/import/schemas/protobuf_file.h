// SPDX-License-Identifier: Apache-2.0
// A .proto file as the protobuf compiler's own parser reads it, with the places of what it declares. The files that it imports are
// looked for inside the imported folder; types are found by protobuf's rules of scope. For this folder's protobuf sources only: it
// brings in the library's headers.
#pragma once

#include "model/import/importer.h"

#include <google/protobuf/descriptor.pb.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portolan {

struct ProtobufFile {
    std::string name;  // empty: the source itself
    google::protobuf::FileDescriptorProto proto;
    std::unordered_map<std::string, int> locations;  // by path: a position in source_code_info
    int firstLine = 1;

    const google::protobuf::SourceCodeInfo::Location* location(const std::string& path) const;
    int line(const std::string& path) const;  // 0: not known
    std::string comment(const std::string& path) const;
};

// One more step of a path in source_code_info.
std::string protobufPath(std::string path, int field, int position);

struct ProtobufMessage {
    const ProtobufFile* file = nullptr;
    const google::protobuf::DescriptorProto* message = nullptr;
    std::string path;
    std::string fullName;  // "package.Outer.Inner"
};

// A file with all that it imports.
class ProtobufFiles {
public:
    explicit ProtobufFiles(ImportContext& context) : m_context(context) {}

    // Problems go to the context. Null when the text nests too deep to be parsed.
    const ProtobufFile* read(std::string_view text, int line);

    // By a name as a field spells it inside `scope` (full name of a message; or a package).
    const ProtobufMessage* message(std::string_view name, std::string_view scope) const;
    const google::protobuf::EnumDescriptorProto* enumeration(std::string_view name,
                                                             std::string_view scope) const;

private:
    const ProtobufFile* add(std::string_view text, std::string name, int line);
    void readImports(const ProtobufFile& file);
    bool readImport(const std::string& import, const std::string& importer);
    void index(const ProtobufFile& file);
    void index(const ProtobufFile& file, const google::protobuf::DescriptorProto& message,
               const std::string& scope, const std::string& path);

    ImportContext& m_context;
    std::vector<std::unique_ptr<ProtobufFile>> m_files;
    std::unordered_map<std::string, bool> m_imports;
    std::unordered_map<std::string, ProtobufMessage> m_messages;
    std::unordered_map<std::string, const google::protobuf::EnumDescriptorProto*> m_enumerations;
};

}  // namespace portolan
