// SPDX-License-Identifier: Apache-2.0
// By the processor's instructions where it has them, else by Qt's.
#include "model/base/hash.h"

#include "model/base/sha256_blocks.h"

#include <QByteArrayView>
#include <QCryptographicHash>

#include <algorithm>
#include <cstring>
#include <optional>

namespace portolan {

namespace {

constexpr std::size_t blockBytes = 64;

class FastSha256 {
public:
    void add(std::string_view bytes)
    {
        m_total += bytes.size();
        if (m_held > 0) {
            const std::size_t count = std::min(bytes.size(), blockBytes - m_held);
            hold(bytes.substr(0, count));
            bytes.remove_prefix(count);
        }
        const std::size_t blocks = bytes.size() / blockBytes;
        addSha256Blocks(m_state, reinterpret_cast<const unsigned char*>(bytes.data()), blocks);
        hold(bytes.substr(blocks * blockBytes));
    }

    std::string hex() const
    {
        FastSha256 ended = *this;
        std::array<char, 2 * blockBytes> tail = {'\x80'};
        const std::size_t zeros = (blockBytes + 55 - m_held) % blockBytes + 1;  // with the 0x80
        for (std::size_t i = 0; i < 8; ++i)
            tail[zeros + i] = static_cast<char>(m_total * 8 >> (56 - 8 * i));
        ended.add(std::string_view(tail.data(), zeros + 8));
        std::string text;
        for (const std::uint32_t word : ended.m_state) {
            for (int shift = 28; shift >= 0; shift -= 4)
                text += "0123456789abcdef"[word >> shift & 15];
        }
        return text;
    }

private:
    void hold(std::string_view bytes)
    {
        if (bytes.empty())
            return;
        std::memcpy(m_block.data() + m_held, bytes.data(), bytes.size());
        m_held += bytes.size();
        if (m_held < blockBytes)
            return;
        addSha256Blocks(m_state, m_block.data(), 1);
        m_held = 0;
    }

    std::array<std::uint32_t, 8> m_state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                            0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<unsigned char, blockBytes> m_block = {};
    std::size_t m_held = 0;
    std::uint64_t m_total = 0;
};

}  // namespace

struct Sha256::State {
    std::optional<FastSha256> fast;
    std::optional<QCryptographicHash> slow;

    explicit State(bool isFast)
    {
        if (isFast)
            fast.emplace();
        else
            slow.emplace(QCryptographicHash::Sha256);
    }
};

Sha256::Sha256() : Sha256(processorHasSha256()) {}
Sha256::Sha256(bool isFast) : m_state(std::make_unique<State>(isFast)) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256 Sha256::withoutProcessorsHelp()
{
    return Sha256(false);
}

void Sha256::add(std::string_view bytes)
{
    if (m_state->fast)
        m_state->fast->add(bytes);
    else
        m_state->slow->addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
}

std::string Sha256::hex() const
{
    return m_state->fast ? m_state->fast->hex() : m_state->slow->result().toHex().toStdString();
}

std::string sha256(std::string_view bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

}  // namespace portolan
