// SPDX-License-Identifier: Apache-2.0
// The YAML reader, behind the same door that files come through.
#include "model/import/text_decoding.h"
#include "model/import/yaml_reader.h"

namespace {

void askEverything(const portolan::DataNode& node)
{
    (void)node.text();
    (void)node.integer();
    (void)node.number();
    (void)node.span();
    for (const portolan::DataNode member : node)
        askEverything(member);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto text =
        portolan::decodeText(std::string(reinterpret_cast<const char*>(data), size), "a.yaml");
    if (!text)
        return 0;
    portolan::Budget budget;
    budget.aliasNodes = 10'000;
    portolan::Problems problems;
    portolan::YamlDocuments documents(std::move(*text), "a.yaml", budget, problems);
    portolan::DataTree tree;
    for (auto isAny = documents.next(tree); isAny && *isAny; isAny = documents.next(tree))
        askEverything(tree.root());
    return 0;
}
