// SPDX-License-Identifier: Apache-2.0
// GraphQL schemas in their definition language (October 2021, with the extensions of federation): types as objects, the fields of the
// root types as operations. No parser of it is packaged; the language is small (https://spec.graphql.org/October2021/#sec-Appendix-Grammar-Summary).
#include "model/base/hash.h"
#include "model/import/dataset_name.h"
#include "model/import/importers.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace portolan {

namespace {

constexpr int depthMost = 64;  // of lists inside lists, in types and in values

struct Token {
    enum class Kind { End, Name, Sign, Text, Number };
    Kind kind = Kind::End;
    std::string_view text;
    int line = 0;

    bool isName(std::string_view name) const { return kind == Kind::Name && text == name; }
    bool isSign(char sign) const { return kind == Kind::Sign && text.front() == sign; }
};

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// The words of a schema; commas are blanks there.
class Tokens {
public:
    explicit Tokens(std::string_view text) : m_text(text) {}

    Token next()
    {
        skipBlanks();
        if (m_at >= m_text.size())
            return {Token::Kind::End, {}, m_line};
        const char c = m_text[m_at];
        std::size_t end = m_at + 1;
        if (isNameStart(c)) {
            while (end < m_text.size() && (isNameStart(m_text[end]) || isDigit(m_text[end])))
                ++end;
            return made(Token::Kind::Name, end);
        }
        if (c == '"')
            return made(Token::Kind::Text, endOfText());
        if (isDigit(c) || c == '-') {
            while (end < m_text.size() &&
                   (isDigit(m_text[end]) || isNameStart(m_text[end]) || m_text[end] == '.' ||
                    m_text[end] == '+' || m_text[end] == '-'))
                ++end;
            return made(Token::Kind::Number, end);
        }
        return made(Token::Kind::Sign, end);
    }

private:
    void skipBlanks()
    {
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '#') {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
                if (m_at == m_text.size())
                    return;
                ++m_line;
            } else if (c == '\n') {
                ++m_line;
            } else if (c != ' ' && c != '\t' && c != '\r' && c != ',') {
                return;
            }
        }
    }

    // "..." on one line, or """ ... """.
    std::size_t endOfText() const
    {
        if (m_text.substr(m_at).starts_with("\"\"\"")) {
            std::size_t end = m_text.find("\"\"\"", m_at + 3);
            while (end != std::string_view::npos && m_text[end - 1] == '\\')
                end = m_text.find("\"\"\"", end + 3);
            return end == std::string_view::npos ? m_text.size() : end + 3;
        }
        for (std::size_t at = m_at + 1; at < m_text.size(); ++at) {
            if (m_text[at] == '\\')
                ++at;
            else if (m_text[at] == '"')
                return at + 1;
            else if (m_text[at] == '\n')
                return at;
        }
        return m_text.size();
    }

    Token made(Token::Kind kind, std::size_t end)
    {
        end = std::min(end, m_text.size());
        const Token token{kind, m_text.substr(m_at, end - m_at), m_line};
        m_line += static_cast<int>(std::count(token.text.begin(), token.text.end(), '\n'));
        m_at = end;
        return token;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
};

// Without quotes and the layout around it, as one line or paragraph.
std::string plainText(std::string_view quoted)
{
    const std::size_t quotes = quoted.starts_with("\"\"\"") ? 3 : 1;
    quoted.remove_prefix(std::min(quotes, quoted.size()));
    if (quoted.ends_with(quotes == 3 ? "\"\"\"" : "\""))
        quoted.remove_suffix(quotes);
    std::string text;
    bool isBlank = true;
    for (const char c : quoted) {
        const bool isSpace = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (isSpace && !isBlank)
            text += ' ';
        else if (!isSpace)
            text += c;
        isBlank = isSpace;
    }
    if (text.ends_with(' '))
        text.pop_back();
    return text;
}

constexpr std::string_view definitionWords =
    " schema type interface input enum union scalar directive extend ";

bool isDefinitionWord(const Token& token)
{
    return token.kind == Token::Kind::Name && isOneOf(token.text, definitionWords);
}

std::string_view stemOf(std::string_view file)
{
    file = file.substr(file.rfind('/') + 1);
    return file.substr(0, file.find('.'));
}

// A type reference: "[LineItem!]!".
struct TypeName {
    std::string text;
    std::string base;

    bool isRequired() const { return text.ends_with('!'); }
};

struct Argument {
    std::string name;
    TypeName type;
};

class GraphqlReading {
public:
    GraphqlReading(std::string_view text, ImportContext& context)
        : m_tokens(text), m_text(text), m_context(context)
    {
        advance();
    }

    void run()
    {
        addContract();
        if (!m_isNew)
            return;
        findRoots();
        while (m_token.kind != Token::Kind::End) {
            if (m_context.progress().stopRequested())
                return;
            readDefinition();
        }
    }

private:
    void advance() { m_token = m_tokens.next(); }

    bool take(char sign)
    {
        if (!m_token.isSign(sign))
            return false;
        advance();
        return true;
    }

    bool takeName(std::string_view name)
    {
        if (!m_token.isName(name))
            return false;
        advance();
        return true;
    }

    std::string takeAnyName()
    {
        if (m_token.kind != Token::Kind::Name)
            return {};
        std::string name(m_token.text);
        advance();
        return name;
    }

    std::string takeDescription()
    {
        std::string text;
        while (m_token.kind == Token::Kind::Text) {
            text = plainText(m_token.text);
            advance();
        }
        return text;
    }

    // One for each stretch of what is not understood.
    void unexpected(std::string_view expected)
    {
        const std::string found =
            m_token.kind == Token::Kind::End
                ? "the end"
                : "\"" +
                      std::string(m_token.text.substr(
                          0, std::min<std::size_t>(40, m_token.text.find('\n')))) +
                      "\"";
        m_context.problemAt(Severity::Warning, "graphql.unexpected",
                            "Found " + found + " (expected " + std::string(expected) +
                                "). Skipped to the next definition.",
                            m_token.line);
        while (m_token.kind != Token::Kind::End && !isDefinitionWord(m_token) &&
               m_token.kind != Token::Kind::Text)
            advance();
    }

    void addContract()
    {
        Contract contract;
        contract.id = contract.name = std::string(stemOf(m_context.name()));
        contract.contentHash = sha256(m_text);
        contract.evidence = m_context.evidenceAt(1);
        ObservedProduct product;
        product.id = contract.id;
        product.name = contract.name;
        product.kind = ProductKind::OperationalApi;
        product.isInferred = true;
        product.evidence = contract.evidence;
        contract.product = m_context.estate().product(std::move(product));
        const auto added = m_context.estate().contract(std::move(contract));
        m_contract = added.contract;
        m_isNew = added.isNew;
    }

    // Which types are roots may be said behind them.
    void findRoots()
    {
        Tokens tokens(m_text);
        bool isAfterSign = false;
        for (Token token = tokens.next(); token.kind != Token::Kind::End;) {
            const bool isSchema = token.isName("schema") && !isAfterSign;
            isAfterSign = token.isSign('{') || token.isSign(':') || token.isSign('(');
            token = tokens.next();
            if (!isSchema)
                continue;
            while (token.kind != Token::Kind::End && !token.isSign('{') && !isDefinitionWord(token))
                token = tokens.next();  // directives
            if (!token.isSign('{'))
                continue;
            for (token = tokens.next();
                 token.kind == Token::Kind::Name || token.kind == Token::Kind::Text;
                 token = tokens.next()) {
                if (token.kind == Token::Kind::Text)
                    continue;
                const std::string operation(token.text);
                tokens.next();
                m_roots[std::string(tokens.next().text)] = operation;
            }
        }
    }

    void readDefinition()
    {
        const std::string description = takeDescription();
        takeName("extend");
        const Token kind = m_token;
        if (kind.kind == Token::Kind::End)
            return;
        if (!isDefinitionWord(kind)) {
            if (kind.isSign('{') || kind.isName("query") || kind.isName("mutation") ||
                kind.isName("subscription") || kind.isName("fragment"))
                m_context.ignoredAt("executable " + (kind.kind == Token::Kind::Name
                                                         ? std::string(kind.text)
                                                         : "query"),
                                    "asks an interface, declares none", kind.line);
            return unexpected("a definition: type, input, enum, interface, union, scalar, schema");
        }
        advance();
        if (kind.text == "schema")
            readSchema();
        else if (kind.text == "directive")
            skipDirectiveDefinition(kind.line);
        else if (kind.text == "scalar")
            readScalar(kind.line);
        else if (kind.text == "union")
            readUnion(description, kind.line);
        else if (kind.text == "enum")
            readEnum(description, kind.line);
        else
            readType(description, kind.line);
    }

    void readSchema()
    {
        readDirectives();
        if (!take('{'))
            return;
        while (!take('}')) {
            takeDescription();
            const std::string operation = takeAnyName();
            if (operation.empty() || !take(':'))
                return unexpected("query, mutation or subscription with its type");
            takeAnyName();
        }
    }

    void skipDirectiveDefinition(int line)
    {
        take('@');
        m_context.ignoredAt("directive @" + takeAnyName(), "not kept", line);
        readArguments();
        takeName("repeatable");
        if (takeName("on")) {
            take('|');
            while (m_token.kind == Token::Kind::Name && !isDefinitionWord(m_token)) {
                advance();
                if (!take('|'))
                    break;
            }
        }
    }

    void readScalar(int line)
    {
        m_context.ignoredAt("scalar " + takeAnyName(), "a type without parts", line);
        readDirectives();
    }

    SchemaObjectIndex addObject(const std::string& name, std::string description, int line)
    {
        const auto known = m_objects.find(name);
        if (known != m_objects.end())
            return known->second;  // extended
        SchemaObject object;
        object.contract = m_contract;
        object.name = name;
        object.description = std::move(description);
        object.evidence = m_context.evidenceAt(line, 0, name);
        return m_objects[name] = m_context.estate().object(std::move(object));
    }

    void readUnion(const std::string& description, int line)
    {
        const std::string name = takeAnyName();
        readDirectives();
        std::string members;
        if (take('=')) {
            take('|');
            do {
                const std::string member = takeAnyName();
                members += (members.empty() ? "" : " | ") + member;
            } while (take('|'));
        }
        if (!name.empty())
            addObject(name, description.empty() ? "One of " + members + "." : description, line);
    }

    void readEnum(const std::string& description, int line)
    {
        const std::string name = takeAnyName();
        readDirectives();
        std::string values;
        if (take('{')) {
            while (!take('}')) {
                takeDescription();
                const std::string value = takeAnyName();
                if (value.empty())
                    return unexpected("a value of the enum");
                if (values.size() < 1000)
                    values += (values.empty() ? "" : ", ") + value;
                readDirectives();
            }
        }
        if (!name.empty())
            addObject(name,
                      (description.empty() ? "" : description + " ") + "One of " + values + ".",
                      line);
    }

    // @name(arguments)...; which of them there were.
    struct Directives {
        bool isDeprecated = false;
        std::vector<std::string> keys;  // of federation's @key(fields: "id sku")
    };

    Directives readDirectives()
    {
        Directives found;
        while (take('@')) {
            const std::string name = takeAnyName();
            found.isDeprecated |= name == "deprecated";
            const bool isKnown = name == "deprecated" || name == "key";
            if (!isKnown)
                m_context.ignoredAt("@" + name, "not kept", m_token.line);
            if (!take('('))
                continue;
            for (int depth = 1; depth > 0 && m_token.kind != Token::Kind::End; advance()) {
                if (name == "key" && m_token.kind == Token::Kind::Text && found.keys.empty())
                    found.keys = wordsOf(plainText(m_token.text));
                depth += m_token.isSign('(') ? 1 : m_token.isSign(')') ? -1 : 0;
            }
        }
        return found;
    }

    static std::vector<std::string> wordsOf(const std::string& text)
    {
        std::vector<std::string> words;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find(' ', at), text.size());
            if (end > at)
                words.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        return words;
    }

    void readType(const std::string& description, int line)
    {
        const std::string name = takeAnyName();
        if (name.empty())
            return unexpected("the type's name");
        if (takeName("implements")) {
            while (take('&') || m_token.kind == Token::Kind::Name) {
                if (m_token.kind == Token::Kind::Name)
                    advance();
            }
        }
        const Directives directives = readDirectives();
        if (!take('{'))
            return;
        while (!take('}')) {
            if (!readField(name, description, line, directives))
                return;
        }
    }

    bool isRoot(const std::string& type) const
    {
        if (!m_roots.empty())
            return m_roots.contains(type);
        return type == "Query" || type == "Mutation" || type == "Subscription";
    }

    bool readField(const std::string& owner, const std::string& ownerDescription, int ownerLine,
                   const Directives& ownerDirectives)
    {
        std::string description = takeDescription();
        const int line = m_token.line;
        const std::string name = takeAnyName();
        const std::vector<Argument> arguments = readArguments();
        if (name.empty() || !take(':')) {
            unexpected("a field with its type");
            return false;
        }
        const TypeName type = readTypeName(0);
        if (take('='))
            skipValue(0);
        const Directives directives = readDirectives();
        if (isRoot(owner)) {
            addOperation(owner, name, arguments, type, description, directives.isDeprecated, line);
            return true;
        }
        if (!arguments.empty())
            m_context.ignoredAt("arguments of fields", "not kept", line);
        addField(owner, ownerDescription, ownerLine, ownerDirectives, name, type,
                 (directives.isDeprecated ? "Deprecated. " : "") + description, line);
        return true;
    }

    void addField(const std::string& owner, const std::string& ownerDescription, int ownerLine,
                  const Directives& ownerDirectives, const std::string& name, const TypeName& type,
                  std::string description, int line)
    {
        Field field;
        field.object = addObject(owner, ownerDescription, ownerLine);
        field.path = name;
        field.logicalType = type.text;
        field.isRequired = type.isRequired();
        field.description = std::move(description);
        const auto key = std::find(ownerDirectives.keys.begin(), ownerDirectives.keys.end(), name);
        if (key != ownerDirectives.keys.end())
            field.keyPosition = static_cast<int>(key - ownerDirectives.keys.begin()) + 1;
        field.evidence = m_context.evidenceAt(line, 0, owner + "." + name);
        m_context.estate().field(std::move(field));
    }

    void addOperation(const std::string& root, const std::string& name,
                      const std::vector<Argument>& arguments, const TypeName& type,
                      const std::string& description, bool isDeprecated, int line)
    {
        Operation operation;
        operation.contract = m_contract;
        operation.name = operation.address = name;
        const auto said = m_roots.find(root);
        operation.method = said == m_roots.end() ? lowerCase(root) : said->second;
        for (const Argument& argument : arguments)
            operation.request +=
                (operation.request.empty() ? "" : ", ") + argument.name + ": " + argument.type.text;
        operation.response = type.text;
        operation.description = description;
        operation.isDeprecated = isDeprecated;
        operation.evidence = m_context.evidenceAt(line, 0, name);
        m_context.estate().fact(std::move(operation));
    }

    std::vector<Argument> readArguments()
    {
        std::vector<Argument> arguments;
        if (!take('('))
            return arguments;
        while (m_token.kind != Token::Kind::End && !take(')')) {
            takeDescription();
            Argument argument;
            argument.name = takeAnyName();
            if (argument.name.empty() || !take(':')) {
                while (m_token.kind != Token::Kind::End && !take(')'))
                    advance();
                break;
            }
            argument.type = readTypeName(0);
            if (take('='))
                skipValue(0);
            readDirectives();
            arguments.push_back(std::move(argument));
        }
        return arguments;
    }

    TypeName readTypeName(int depth)
    {
        TypeName type;
        if (depth < depthMost && take('[')) {
            type = readTypeName(depth + 1);
            take(']');
            type.text = "[" + type.text + "]";
        } else {
            type.base = takeAnyName();
            type.text = type.base;
        }
        if (take('!'))
            type.text += "!";
        return type;
    }

    void skipValue(int depth)
    {
        if (depth < depthMost && (m_token.isSign('[') || m_token.isSign('{'))) {
            const char close = m_token.isSign('[') ? ']' : '}';
            advance();
            while (m_token.kind != Token::Kind::End && !take(close)) {
                if (!take(':'))
                    skipValue(depth + 1);
            }
        } else {
            take('$');
            if (m_token.kind != Token::Kind::End)
                advance();
        }
    }

    Tokens m_tokens;
    std::string_view m_text;
    ImportContext& m_context;
    Token m_token;
    ContractIndex m_contract;
    bool m_isNew = false;
    std::map<std::string, std::string> m_roots;  // type, operation
    std::map<std::string, SchemaObjectIndex> m_objects;
};

class GraphqlImporter : public Importer {
public:
    std::string_view format() const override { return "graphql"; }
    std::string_view title() const override { return "GraphQL"; }
    std::string_view group() const override { return "Interfaces"; }
    bool readsText() const override { return true; }

    // By the first definition; in files of other names one of the root types or the schema must be declared, too.
    Match match(const SourceHead& head) const override
    {
        const bool isNamed = head.fileName.ends_with(".graphql") ||
                             head.fileName.ends_with(".graphqls") ||
                             head.fileName.ends_with(".gql");
        Tokens tokens(head.text);
        Token token = tokens.next();
        while (token.kind == Token::Kind::Text)
            token = tokens.next();
        if (!isDefinitionWord(token))
            return Match::No;
        if (isNamed)
            return Match::ByContent;
        for (int seen = 0; seen < 20'000 && token.kind != Token::Kind::End; ++seen) {
            const bool isType = token.isName("type");
            const bool isSchema = token.isName("schema");
            token = tokens.next();
            if ((isSchema && token.isSign('{')) ||
                (isType && (token.isName("Query") || token.isName("Mutation"))))
                return Match::ByContent;
        }
        return Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        context.setFormatVersion("2021");
        GraphqlReading(text, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> graphqlImporter()
{
    return std::make_unique<GraphqlImporter>();
}

}  // namespace portolan
