// SPDX-License-Identifier: Apache-2.0
// The names of an estate, folded and packed once, so that a search over a million of them answers between two keys. The ranking is that of
// SearchWords. Built once, then read by any thread.
#pragma once

#include "model/estate/estate.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace portolan {

struct ContextMap;
struct SearchHit;

class NameIndex {
public:
    explicit NameIndex(EstatePtr estate);
    NameIndex(NameIndex&&) noexcept;
    NameIndex& operator=(NameIndex&&) noexcept;
    ~NameIndex();

    const EstatePtr& estate() const;
    std::size_t size() const;   // names
    std::size_t bytes() const;  // of memory, without the estate

    // Each thing once, the best first; of equals at the end of the list those that the estate has first. `map` may be null. On two threads
    // where there are many names.
    std::vector<SearchHit> search(const ContextMap* map, std::string_view words, int limit) const;

private:
    struct Tables;
    std::unique_ptr<Tables> m_tables;
};

}  // namespace portolan
