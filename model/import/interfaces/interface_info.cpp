// SPDX-License-Identifier: Apache-2.0
#include "model/import/interfaces/interface_info.h"

#include "model/import/document_content.h"

namespace portolan {

namespace {

std::string extension(const DataNode& info, const DataNode& root, std::string_view key)
{
    for (const DataNode& node : {info[key], root[key]}) {
        if (!node.isObject() && !node.isArray() && !node.text().empty())
            return node.string();
    }
    return {};
}

}  // namespace

Contract contractOfInfo(const DataNode& root, ProductKind kind, std::string_view format,
                        ImportContext& context)
{
    const DataNode info = root["info"];
    Contract contract;
    contract.name = textAt(info, "title", context, format);
    contract.id = extension(info, root, "x-id");
    if (contract.id.empty())
        contract.id = contract.name;
    if (contract.id.empty()) {
        const std::string file = context.name().substr(context.name().rfind('/') + 1);
        contract.id = file.substr(0, file.find('.'));
        context.problem(Severity::Warning, std::string(format) + ".no-title",
                        "info.title is missing (required). The file's name stands for it.",
                        info ? info : root);
    }
    contract.version = textAt(info, "version", context, format);
    if (contract.version.empty())
        context.problem(Severity::Warning, std::string(format) + ".no-version",
                        "info.version is missing (required). Loaded without.", info ? info : root);
    contract.description = textAt(info, "description", context, format);
    contract.owner = extension(info, root, "x-owner");
    if (contract.owner.empty() && info["contact"]["name"].isString())
        contract.owner = info["contact"]["name"].string();
    contract.domain = extension(info, root, "x-domain");
    contract.statusText = extension(info, root, "x-status");
    contract.status = contractStatusFrom(contract.statusText);
    contract.apiVersion = root[format].string();
    contract.contentHash = contentHash(root);
    contract.evidence = context.evidence(info ? info : root);

    ObservedProduct product;
    product.id = contract.id;
    product.name = contract.name;
    product.domain = contract.domain;
    product.owner = contract.owner;
    product.kind = kind;
    product.isInferred = true;
    product.evidence = contract.evidence;
    contract.product = context.estate().product(std::move(product));
    if (const std::string bounded = extension(info, root, "x-bounded-context"); !bounded.empty())
        context.estate().fact(
            Claim{ClaimAbout::Product, contract.id, "context", bounded, context.evidence(info)});
    for (const DataNode tag : info["tags"].isArray() ? info["tags"] : root["tags"])
        context.estate().fact(Claim{ClaimAbout::Product, contract.id, "tag", tag["name"].string(),
                                    context.evidence(tag)});
    return contract;
}

}  // namespace portolan
