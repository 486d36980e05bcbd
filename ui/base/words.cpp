// SPDX-License-Identifier: Apache-2.0
#include "ui/base/words.h"

#include <QCoreApplication>

namespace portolan::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("portolan::ui::words", text);
}

}  // namespace

QString wordOf(EntityKind kind)
{
    switch (kind) {
    case EntityKind::Domain:
        return tr("Domain");
    case EntityKind::BoundedContext:
        return tr("Bounded context");
    case EntityKind::Team:
        return tr("Team");
    case EntityKind::Term:
        return tr("Term");
    case EntityKind::Relationship:
        return tr("Relationship");
    case EntityKind::DataProduct:
        return tr("Data product");
    case EntityKind::Route:
        return tr("Route");
    case EntityKind::Identifier:
        return tr("Identifier");
    case EntityKind::Crosswalk:
        return tr("Crosswalk");
    case EntityKind::Contract:
        return tr("Contract");
    case EntityKind::SchemaObject:
        return tr("Schema object");
    case EntityKind::Field:
        return tr("Field");
    case EntityKind::Dataset:
        return tr("Dataset");
    case EntityKind::Column:
        return tr("Column");
    case EntityKind::Job:
        return tr("Job");
    case EntityKind::Source:
        return tr("Source");
    }
    return {};
}

QString wordOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return tr("Error");
    case Severity::Warning:
        return tr("Warning");
    case Severity::Note:
        return tr("Note");
    }
    return {};
}

QString wordOf(Subdomain kind)
{
    switch (kind) {
    case Subdomain::Core:
        return tr("Core");
    case Subdomain::Supporting:
        return tr("Supporting");
    case Subdomain::Generic:
        return tr("Generic");
    }
    return {};
}

QString wordOf(Role role)
{
    switch (role) {
    case Role::OpenHostService:
        return tr("Open host service");
    case Role::PublishedLanguage:
        return tr("Published language");
    case Role::AnticorruptionLayer:
        return tr("Anti-corruption layer");
    case Role::Conformist:
        return tr("Conformist");
    }
    return {};
}

QString shortWordOf(Role role)
{
    const std::string_view text = toString(role);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString wordOf(RelationshipType type)
{
    switch (type) {
    case RelationshipType::UpstreamDownstream:
        return tr("Upstream and downstream");
    case RelationshipType::CustomerSupplier:
        return tr("Customer and supplier");
    case RelationshipType::Partnership:
        return tr("Partnership");
    case RelationshipType::SharedKernel:
        return tr("Shared kernel");
    case RelationshipType::SeparateWays:
        return tr("Separate ways");
    }
    return {};
}

QString wordOf(MapProductKind kind)
{
    switch (kind) {
    case MapProductKind::OperationalApi:
        return tr("Operational API");
    case MapProductKind::Event:
        return tr("Event");
    case MapProductKind::State:
        return tr("State");
    case MapProductKind::Analytical:
        return tr("Analytical");
    }
    return {};
}

QString wordOf(MapAuthority authority)
{
    switch (authority) {
    case MapAuthority::Authoritative:
        return tr("Authoritative");
    case MapAuthority::Derived:
        return tr("Derived");
    case MapAuthority::Conformed:
        return tr("Conformed");
    }
    return {};
}

}  // namespace portolan::ui
