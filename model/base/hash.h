// SPDX-License-Identifier: Apache-2.0
// SHA-256: what tells one content of a file from another, in stamps, journals and the workspace.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace portolan {

// SHA-256 of bytes, hexadecimal.
std::string sha256(std::string_view bytes);

// The same of bytes that come in pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(std::string_view bytes);
    std::string hex() const;  // of all that was added so far

    // One that does not use the processor's own instructions, to hold the other one against it.
    static Sha256 withoutProcessorsHelp();

private:
    explicit Sha256(bool isFast);
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace portolan
