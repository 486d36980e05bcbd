// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/lineage/published_datasets.h"

#include <string>
#include <unordered_map>

namespace portolan {

std::vector<PublishedDataset> publishedDatasets(const ContextMap& map, const Estate& estate)
{
    std::vector<PublishedDataset> published(estate.datasets.size());
    std::unordered_map<std::string_view, const DataProduct*> productOf;  // by contract id
    for (const DataProduct& product : map.products) {
        for (const std::string& contract : product.contracts)
            productOf.emplace(contract, &product);
        for (const Port& port : product.ports) {
            const DatasetIndex dataset = estate.dataset(port.dataset);
            if (dataset.isValid() && !published[dataset.value].product)
                published[dataset.value].product = &product;
        }
    }
    for (const SchemaObject& object : estate.objects) {
        if (!object.dataset.isValid())
            continue;
        const auto product = productOf.find(estate.contracts[object.contract.value].id);
        if (product == productOf.end())
            continue;
        PublishedDataset& dataset = published[object.dataset.value];
        if (!dataset.product)
            dataset.product = product->second;
        if (dataset.product == product->second)
            dataset.contracts.push_back(object.contract);
    }
    return published;
}

}  // namespace portolan
