// SPDX-License-Identifier: Apache-2.0
// Context Mapper's language (CML): context maps, bounded contexts, domains and teams. Bodies of aggregates are looked through for their
// entities and events and are not parsed further; what is not known is passed over with its braces.
#include "model/import/importers.h"
#include "model/import/models/cml_tokens.h"

#include <algorithm>

namespace portolan {

namespace {

using Kind = CmlToken::Kind;

// One side of a relationship: its context and the roles in brackets.
struct Side {
    std::string name;
    std::vector<std::string> roles;

    bool has(std::string_view role) const
    {
        return std::find(roles.begin(), roles.end(), role) != roles.end();
    }
    // Those that a side of a relationship keeps, in the order in which people name them.
    std::string kept(std::initializer_list<std::string_view> known) const
    {
        std::string text;
        for (const std::string_view role : known) {
            if (has(role))
                text += (text.empty() ? "" : ",") + std::string(role);
        }
        return text;
    }
};

class CmlReading {
public:
    CmlReading(std::string_view text, ImportContext& context)
        : m_tokens(cmlTokens(text)), m_context(context)
    {
    }

    void run()
    {
        while (!atEnd()) {
            const CmlToken& token = here();
            if (token.is("ContextMap"))
                readMap();
            else if (token.is("BoundedContext"))
                readContext();
            else if (token.is("Domain") || token.is("Subdomain"))
                readDomain({});
            else if (token.is("import"))
                readImport();
            else
                skipUnknown();
        }
    }

private:
    const CmlToken& here() const { return m_tokens[m_at]; }
    const CmlToken& ahead(std::size_t count) const
    {
        return m_tokens[std::min(m_at + count, m_tokens.size() - 1)];
    }
    bool atEnd() const { return here().kind == Kind::End; }
    CmlToken take()
    {
        const CmlToken token = here();
        if (!atEnd())
            ++m_at;
        return token;
    }
    bool takeIf(std::string_view sign)
    {
        if (!here().is(sign))
            return false;
        ++m_at;
        return true;
    }
    Evidence evidence(const CmlToken& token, std::string_view what)
    {
        return m_context.evidenceAt(token.line, token.column, what);
    }

    // From a '{' to behind its '}'.
    void skipBlock()
    {
        int depth = 0;
        while (!atEnd()) {
            if (here().is("{"))
                ++depth;
            if (here().is("}") && --depth <= 0) {
                ++m_at;
                return;
            }
            ++m_at;
        }
    }

    void skipUnknown()
    {
        const CmlToken token = take();
        if (token.kind == Kind::Word) {
            const bool isKnown = token.text == "UseCase" || token.text == "UserStory" ||
                                 token.text == "Stakeholders" || token.text == "ValueRegister" ||
                                 token.text == "StakeholderGroup" ||
                                 token.text == "ServiceCutter" || token.text == "Aggregate";
            if (isKnown)
                m_context.ignoredAt(token.text, "not kept", token.line);
            else
                m_context.problemAt(
                    Severity::Warning, "cml.unknown",
                    "\"" + std::string(token.text) +
                        "\" is not known here (expected ContextMap, BoundedContext, "
                        "Domain or import). Passed over.",
                    token.line, token.column);
            while (!atEnd() && !here().is("{") && here().line == token.line)
                ++m_at;
            if (here().is("{"))
                skipBlock();
        } else if (token.is("{")) {
            --m_at;
            skipBlock();
        }
    }

    void readImport()
    {
        const CmlToken keyword = take();
        const CmlToken file = take();
        if (file.kind != Kind::Text)
            return;
        if (const Result<std::string> other = m_context.siblingText(file.text); !other)
            m_context.unresolvedAt(file.text,
                                   other.error().code == "import.missing"
                                       ? "no such file"
                                       : "not in the imported folder: not followed",
                                   keyword.line);
    }

    std::string readValue()  // after an optional '='
    {
        takeIf("=");
        std::string value(take().text);
        while (takeIf(","))
            value += ", " + std::string(take().text);
        return value;
    }

    std::vector<std::string> readNames()
    {
        std::vector<std::string> names = {std::string(take().text)};
        while (takeIf(","))
            names.emplace_back(take().text);
        return names;
    }

    void readMap()
    {
        take();
        if (here().kind == Kind::Word)
            m_map = take().text;
        if (!takeIf("{"))
            return;
        while (!atEnd() && !takeIf("}")) {
            const CmlToken token = here();
            if (token.is("type") || token.is("state")) {
                take();
                m_context.ignoredAt("ContextMap." + std::string(token.text) + " " + readValue(),
                                    "said of the whole map", token.line);
            } else if (token.is("contains")) {
                take();
                for (const std::string& name : readNames()) {
                    m_context.estate().fact(context(name, token));
                    if (!m_map.empty())
                        m_context.estate().fact(
                            Claim{ClaimAbout::Context, name, "maps", m_map, evidence(token, name)});
                }
            } else if (token.kind == Kind::Word || token.is("[")) {
                readRelationship();
            } else if (token.is("{")) {
                skipBlock();
            } else {
                take();
            }
        }
    }

    ObservedContext context(const std::string& name, const CmlToken& token)
    {
        ObservedContext one;
        one.id = name;
        one.name = name;
        one.evidence = evidence(token, name);
        return one;
    }

    void readRoles(Side& side)
    {
        while (takeIf("[")) {
            while (!atEnd() && !takeIf("]")) {
                const CmlToken role = take();
                if (role.kind == Kind::Word)
                    side.roles.emplace_back(role.text);
            }
        }
    }

    static bool isRelationWord(std::string_view word)
    {
        for (const std::string_view known :
             {"Partnership", "Shared-Kernel", "Customer-Supplier", "Supplier-Customer",
              "Upstream-Downstream", "Downstream-Upstream"}) {
            if (word == known)
                return true;
        }
        return false;
    }

    void readRelationship()
    {
        const CmlToken start = here();
        Side left;
        Side right;
        readRoles(left);
        left.name = take().text;
        readRoles(left);
        const CmlToken sign = here();
        const bool isArrow = sign.is("->") || sign.is("<-") || sign.is("<->");
        if (!isArrow && !isRelationWord(sign.text)) {
            m_context.problemAt(
                Severity::Warning, "cml.no-relationship",
                "\"" + left.name +
                    "\" begins no relationship (expected ->, <-, <-> or a word such "
                    "as Partnership after it). Passed over.",
                start.line, start.column);
            if (here().is("{"))
                skipBlock();
            return;
        }
        take();
        readRoles(right);
        const CmlToken rightName = take();
        right.name = rightName.text;
        while (here().is("[") && here().line == rightName.line)
            readRoles(right);
        if (!isArrow) {  // after a word the brackets say by their roles whose they are
            left.roles.insert(left.roles.end(), right.roles.begin(), right.roles.end());
            right.roles = left.roles;
        }
        addRelationship(start, sign.text, left, right);
    }

    void addRelationship(const CmlToken& start, std::string_view sign, const Side& left,
                         const Side& right)
    {
        ObservedRelationship one;
        if (takeIf(":"))
            one.name = take().text;
        if (here().is("{"))
            one.description = readDetails();
        const bool isPartnership =
            sign == "Partnership" || (sign == "<->" && (left.has("P") || right.has("P")));
        const bool isSymmetric = isPartnership || sign == "<->" || sign == "Shared-Kernel";
        const bool isReversed =
            sign == "<-" || sign == "Downstream-Upstream" || sign == "Customer-Supplier";
        const Side& up = isReversed ? right : left;
        const Side& down = isReversed ? left : right;
        one.upstream = up.name;
        one.downstream = down.name;
        if (isSymmetric) {
            one.type = isPartnership ? "partnership" : "shared-kernel";
        } else {
            const bool isCustomer = up.has("S") || down.has("C") || sign == "Customer-Supplier" ||
                                    sign == "Supplier-Customer";
            one.type = isCustomer ? "customer-supplier" : "upstream-downstream";
            one.upstreamRoles = up.kept({"OHS", "PL"});
            one.downstreamRoles = down.kept({"ACL", "CF"});
        }
        one.evidence = evidence(start, up.name + " " + std::string(sign) + " " + down.name);
        m_context.estate().fact(context(up.name, start));
        m_context.estate().fact(context(down.name, start));
        m_context.estate().fact(std::move(one));
    }

    // "implementationTechnology = ..., exposedAggregates = X, Y" as words.
    std::string readDetails()
    {
        std::string text;
        take();
        while (!atEnd() && !takeIf("}")) {
            if (here().is("{")) {
                skipBlock();
                continue;
            }
            const CmlToken key = take();
            if (key.kind != Kind::Word)
                continue;
            text += (text.empty() ? "" : "; ") + std::string(key.text) + ": " + readValue();
        }
        return text;
    }

    void readDomain(const std::string& parent)
    {
        const bool isSubdomain = take().is("Subdomain");
        const CmlToken name = take();
        ObservedDomain domain;
        domain.id = name.text;
        domain.name = name.text;
        domain.parent = parent;
        domain.evidence = evidence(name, name.text);
        while (here().is("supports")) {
            take();
            m_context.ignoredAt("Subdomain.supports", "not kept", name.line);
            readNames();
        }
        if (takeIf("{")) {
            while (!atEnd() && !takeIf("}")) {
                const CmlToken key = here();
                if (key.is("Subdomain") && ahead(1).kind == Kind::Word) {
                    readDomain(domain.id);
                } else if (key.is("type")) {
                    take();
                    const std::string type = readValue();
                    domain.kind = type == "CORE_DOMAIN"         ? "core"
                                  : type == "SUPPORTING_DOMAIN" ? "supporting"
                                  : type == "GENERIC_SUBDOMAIN" ? "generic"
                                                                : type;
                } else if (key.is("domainVisionStatement")) {
                    take();
                    domain.description = readValue();
                } else if (key.is("{")) {
                    skipBlock();
                } else {
                    take();
                    if (key.is("Entity") || key.is("Service"))
                        m_context.ignoredAt("Subdomain." + std::string(key.text), "not kept",
                                            key.line);
                }
            }
        }
        if (isSubdomain || !domain.id.empty())
            m_context.estate().fact(std::move(domain));
    }

    void readContext()
    {
        take();
        const CmlToken name = take();
        if (name.kind != Kind::Word) {
            m_context.problemAt(Severity::Warning, "cml.no-name",
                                "A BoundedContext has no name. Passed over.", name.line,
                                name.column);
            return;
        }
        ObservedContext one = context(std::string(name.text), name);
        one.type = "bounded-context";
        std::vector<std::string> realizes;
        while (here().is("implements") || here().is("realizes") || here().is("refines")) {
            const CmlToken relation = take();
            const std::vector<std::string> names = readNames();
            if (relation.is("implements")) {
                one.domain = names.front();
                for (std::size_t i = 1; i < names.size(); ++i)
                    claim(one.id, "domains", names[i], relation);
            } else if (relation.is("realizes")) {
                realizes = names;
            } else {
                claim(one.id, "refines", names.front(), relation);
            }
        }
        if (takeIf("{"))
            readContextBody(one);
        if (one.type == "team") {
            m_context.estate().fact(
                ObservedTeam{one.id, one.id, {}, {}, one.description, {}, evidence(name, one.id)});
            for (const std::string& realized : realizes) {
                ObservedContext owned = context(realized, name);
                owned.owner = one.id;
                m_context.estate().fact(std::move(owned));
            }
        }
        m_context.estate().fact(std::move(one));
    }

    void claim(const std::string& context, std::string_view property, const std::string& value,
               const CmlToken& token)
    {
        m_context.estate().fact(Claim{ClaimAbout::Context, context, std::string(property), value,
                                      evidence(token, context)});
    }

    void readContextBody(ObservedContext& one)
    {
        while (!atEnd() && !takeIf("}")) {
            const CmlToken key = here();
            if (key.is("type")) {
                take();
                const std::string type = readValue();
                if (type == "TEAM")
                    one.type = "team";
                else
                    claim(one.id, "kind", type, key);
            } else if (key.is("domainVisionStatement")) {
                take();
                one.description = readValue();
            } else if (key.is("responsibilities") || key.is("implementationTechnology") ||
                       key.is("knowledgeLevel") || key.is("businessModel") || key.is("evolution")) {
                take();
                claim(one.id, key.text, readValue(), key);
            } else if (key.is("Aggregate") || key.is("Module") || key.is("Application") ||
                       key.is("Service")) {
                readTactics(one.id);
            } else if (key.is("{")) {
                skipBlock();
            } else {
                take();
                if (key.kind == Kind::Word && (here().is("{") || here().is("=")))
                    m_context.ignoredAt("BoundedContext." + std::string(key.text), "not kept",
                                        key.line);
            }
        }
    }

    // What stands inside an aggregate: its entities, value objects and events become terms.
    void readTactics(const std::string& context)
    {
        int depth = 0;
        std::string aggregate;
        while (!atEnd()) {
            const CmlToken token = here();
            const bool isNamed = token.kind == Kind::Word && ahead(1).kind == Kind::Word &&
                                 (m_at == 0 || !m_tokens[m_at - 1].is("-"));
            if (isNamed && token.is("Aggregate"))
                aggregate = ahead(1).text;
            const bool isTerm = token.is("Aggregate") || token.is("Entity") ||
                                token.is("ValueObject") || token.is("DomainEvent") ||
                                token.is("CommandEvent");
            if (isNamed && isTerm)
                m_context.estate().term(
                    {context, std::string(ahead(1).text),
                     std::string(token.text) +
                         (aggregate.empty() || token.is("Aggregate") ? "" : " of " + aggregate),
                     evidence(token, ahead(1).text)});
            if (isNamed && token.is("owner") && depth == 1)
                claim(context, "owners", std::string(ahead(1).text), token);
            if (token.is("{"))
                ++depth;
            if (token.is("}") && depth == 0)
                return;  // the context's own brace
            ++m_at;
            if (token.is("}") && --depth == 0)
                return;
        }
    }

    std::vector<CmlToken> m_tokens;
    ImportContext& m_context;
    std::size_t m_at = 0;
    std::string m_map;
};

bool beginsLikeCml(std::string_view text)
{
    const std::vector<CmlToken> tokens = cmlTokens(text.substr(0, 16'384));
    for (std::size_t i = 0; i + 1 < tokens.size() && i < 40; ++i) {
        const bool isMap =
            tokens[i].is("ContextMap") &&
            (tokens[i + 1].is("{") ||
             (tokens[i + 1].kind == Kind::Word && i + 2 < tokens.size() && tokens[i + 2].is("{")));
        const bool isContext = tokens[i].is("BoundedContext") && tokens[i + 1].kind == Kind::Word;
        if (isMap || isContext)
            return true;
    }
    return false;
}

class CmlImporter : public Importer {
public:
    std::string_view format() const override { return "cml"; }
    std::string_view title() const override { return "Context Mapper (CML)"; }
    std::string_view group() const override { return "Architecture models"; }
    bool readsText() const override { return true; }

    Match match(const SourceHead& head) const override
    {
        const bool isNamed = head.fileName.ends_with(".cml");
        if (head.text.find("ContextMap") == std::string_view::npos &&
            head.text.find("BoundedContext") == std::string_view::npos)
            return isNamed ? Match::ByName : Match::No;
        return isNamed || beginsLikeCml(head.text) ? Match::ByContent : Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        context.setFormatVersion("6");
        CmlReading(text, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> cmlImporter()
{
    return std::make_unique<CmlImporter>();
}

}  // namespace portolan
