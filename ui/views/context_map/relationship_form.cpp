// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/relationship_form.h"

#include "ui/base/icons.h"
#include "ui/base/plain_label.h"
#include "ui/base/style.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr int formWidth = 340;

bool has(const std::vector<Role>& roles, Role role)
{
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

QString nameOf(const ContextMap& map, const ContextId& id)
{
    const BoundedContext* context = map.context(id);
    return shown(context && !context->name.empty() ? context->name : id.text, 60);
}

}  // namespace

RelationshipForm::RelationshipForm(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("relationshipForm"));
    setAccessibleName(tr("Relationship"));
    setFixedWidth(formWidth);
    createRows();
    hide();
}

void RelationshipForm::createRows()
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 14);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);

    m_ends = new PlainLabel(this);
    m_ends->setObjectName(QStringLiteral("relationshipEnds"));
    m_ends->setRole(FontRole::BodyStrong);
    m_ends->setWordWrap(true);
    m_turn = new QToolButton(this);
    m_turn->setObjectName(QStringLiteral("turnRound"));
    m_turn->setText(tr("Turn round"));
    m_turn->setAccessibleName(tr("Turn round: exchange upstream and downstream"));
    grid->addWidget(m_ends, 0, 0, 1, 2);
    grid->addWidget(m_turn, 0, 2, Qt::AlignRight | Qt::AlignTop);
    connect(m_turn, &QToolButton::clicked, this, &RelationshipForm::turnRound);

    m_type = new QComboBox(this);
    m_type->setObjectName(QStringLiteral("relationshipType"));
    m_type->setAccessibleName(tr("Pattern"));
    const std::pair<RelationshipType, QString> types[] = {
        {RelationshipType::UpstreamDownstream, tr("Upstream and downstream")},
        {RelationshipType::CustomerSupplier, tr("Customer and supplier")},
        {RelationshipType::Partnership, tr("Partnership")},
        {RelationshipType::SharedKernel, tr("Shared kernel")},
        {RelationshipType::SeparateWays, tr("Separate ways")}};
    for (const auto& [type, words] : types)
        m_type->addItem(words, static_cast<int>(type));
    grid->addWidget(new PlainLabel(tr("Pattern"), this), 1, 0);
    grid->addWidget(m_type, 1, 1, 1, 2);
    connect(m_type, &QComboBox::currentIndexChanged, this, &RelationshipForm::showWhatMayBeDrawn);

    m_upstreamRow = new QWidget(this);
    auto* roles = new QHBoxLayout(m_upstreamRow);
    roles->setContentsMargins(0, 0, 0, 0);
    m_openHost = new QCheckBox(tr("Open host (OHS)"), m_upstreamRow);
    m_openHost->setObjectName(QStringLiteral("roleOhs"));
    m_publishedLanguage = new QCheckBox(tr("Language (PL)"), m_upstreamRow);
    m_publishedLanguage->setObjectName(QStringLiteral("rolePl"));
    m_publishedLanguage->setAccessibleName(tr("Published language (PL)"));
    roles->addWidget(m_openHost);
    roles->addWidget(m_publishedLanguage);
    m_upstreamLabel = new PlainLabel(tr("Upstream"), this);
    grid->addWidget(m_upstreamLabel, 2, 0);
    grid->addWidget(m_upstreamRow, 2, 1, 1, 2);

    m_downstreamRole = new QComboBox(this);
    m_downstreamRole->setObjectName(QStringLiteral("roleDownstream"));
    m_downstreamRole->setAccessibleName(tr("Downstream role"));
    m_downstreamLabel = new PlainLabel(tr("Downstream"), this);
    grid->addWidget(m_downstreamLabel, 3, 0);
    grid->addWidget(m_downstreamRole, 3, 1, 1, 2);

    m_product = new QComboBox(this);
    m_product->setObjectName(QStringLiteral("relationshipProduct"));
    m_product->setAccessibleName(tr("Product"));
    m_productLabel = new PlainLabel(tr("Product"), this);
    grid->addWidget(m_productLabel, 4, 0);
    grid->addWidget(m_product, 4, 1, 1, 2);

    m_adopts = new QLineEdit(this);
    m_adopts->setObjectName(QStringLiteral("relationshipAdopts"));
    m_adopts->setAccessibleName(tr("Adopted version"));
    m_adopts->setPlaceholderText(tr("such as 2"));
    m_adopts->setMaxLength(40);
    m_adoptsLabel = new PlainLabel(tr("Adopts version"), this);
    grid->addWidget(m_adoptsLabel, 5, 0);
    grid->addWidget(m_adopts, 5, 1, 1, 2);

    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelRelationship"));
    m_accept = new QPushButton(this);
    m_accept->setObjectName(QStringLiteral("acceptRelationship"));
    makePrimary(m_accept);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 4, 0, 0);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_accept);
    grid->addLayout(buttons, 6, 0, 1, 3);
    connect(cancel, &QPushButton::clicked, this, &RelationshipForm::dismiss);
    connect(m_accept, &QPushButton::clicked, this, &RelationshipForm::accept);
}

void RelationshipForm::open(const ContextMap& map, const Relationship& relationship,
                            const QPoint& at)
{
    m_map = map;
    fill(relationship);
    m_accept->setText(relationship.id.isEmpty() ? tr("Declare relationship")
                                                : tr("Change relationship"));
    adjustSize();
    const QRect room = parentWidget()->rect().adjusted(8, 8, -8, -8);
    move(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - width())),
         std::clamp(at.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    show();
    raise();
    m_type->setFocus();
}

void RelationshipForm::fill(const Relationship& relationship)
{
    m_relationship = relationship;
    m_type->setCurrentIndex(m_type->findData(static_cast<int>(relationship.type)));
    m_openHost->setChecked(has(relationship.upstreamRoles, Role::OpenHostService));
    m_publishedLanguage->setChecked(has(relationship.upstreamRoles, Role::PublishedLanguage));
    m_adopts->setText(toQString(relationship.adopts));
    fillProducts();
    showWhatMayBeDrawn();
    const int role = has(relationship.downstreamRoles, Role::AnticorruptionLayer)
                         ? static_cast<int>(Role::AnticorruptionLayer)
                     : has(relationship.downstreamRoles, Role::Conformist)
                         ? static_cast<int>(Role::Conformist)
                         : -1;
    m_downstreamRole->setCurrentIndex(std::max(0, m_downstreamRole->findData(role)));
}

// The products of the upstream end; several that are exposed already stay one choice.
void RelationshipForm::fillProducts()
{
    m_product->clear();
    m_product->addItem(tr("None named"), QString());
    for (const DataProduct* product : m_map.productsOf(m_relationship.upstream))
        m_product->addItem(shown(product->name.empty() ? product->id.text : product->name, 60),
                           toQString(product->id.text));
    if (m_relationship.exposes.size() > 1) {
        m_product->addItem(tr("The %n products named now", nullptr,
                              static_cast<int>(m_relationship.exposes.size())),
                           QStringLiteral("\n"));
        m_product->setCurrentIndex(m_product->count() - 1);
    } else if (m_relationship.exposes.size() == 1) {
        m_product->setCurrentIndex(
            std::max(0, m_product->findData(toQString(m_relationship.exposes.front().text))));
    }
}

// A symmetric relationship has no roles; a supplier is no open host, and a customer no conformist.
void RelationshipForm::showWhatMayBeDrawn()
{
    const auto type = static_cast<RelationshipType>(m_type->currentData().toInt());
    const bool hasRoles = !isSymmetric(type);
    const bool isCustomerSupplier = type == RelationshipType::CustomerSupplier;
    m_ends->setText(hasRoles ? tr("%1 upstream of %2")
                                   .arg(nameOf(m_map, m_relationship.upstream),
                                        nameOf(m_map, m_relationship.downstream))
                             : tr("%1 and %2")
                                   .arg(nameOf(m_map, m_relationship.upstream),
                                        nameOf(m_map, m_relationship.downstream)));
    for (QWidget* widget : std::initializer_list<QWidget*>{
             m_turn, m_upstreamLabel, m_upstreamRow, m_downstreamLabel, m_downstreamRole,
             m_productLabel, m_product, m_adoptsLabel, m_adopts})
        widget->setVisible(hasRoles);
    m_openHost->setEnabled(!isCustomerSupplier);
    if (isCustomerSupplier)
        m_openHost->setChecked(false);
    const QVariant role = m_downstreamRole->currentData();
    m_downstreamRole->clear();
    m_downstreamRole->addItem(tr("No role"), -1);
    m_downstreamRole->addItem(tr("Anti-corruption layer (ACL)"),
                              static_cast<int>(Role::AnticorruptionLayer));
    if (!isCustomerSupplier)
        m_downstreamRole->addItem(tr("Conformist (CF)"), static_cast<int>(Role::Conformist));
    m_downstreamRole->setCurrentIndex(std::max(0, m_downstreamRole->findData(role)));
    adjustSize();
}

void RelationshipForm::turnRound()
{
    std::swap(m_relationship.upstream, m_relationship.downstream);
    m_relationship.exposes.clear();
    fillProducts();
    showWhatMayBeDrawn();
}

Relationship RelationshipForm::relationship() const
{
    Relationship relationship = m_relationship;
    relationship.type = static_cast<RelationshipType>(m_type->currentData().toInt());
    relationship.upstreamRoles.clear();
    relationship.downstreamRoles.clear();
    if (isSymmetric(relationship.type)) {
        relationship.exposes.clear();
        relationship.adopts.clear();
        return relationship;
    }
    if (m_openHost->isChecked())
        relationship.upstreamRoles.push_back(Role::OpenHostService);
    if (m_publishedLanguage->isChecked())
        relationship.upstreamRoles.push_back(Role::PublishedLanguage);
    if (const int role = m_downstreamRole->currentData().toInt(); role >= 0)
        relationship.downstreamRoles.push_back(static_cast<Role>(role));
    const QString product = m_product->currentData().toString();
    if (product.isEmpty())
        relationship.exposes.clear();
    else if (product != QStringLiteral("\n"))
        relationship.exposes = {ProductId(toStdString(product))};
    relationship.adopts = toStdString(m_adopts->text().trimmed());
    return relationship;
}

void RelationshipForm::accept()
{
    const Relationship made = relationship();
    dismiss();
    emit accepted(made);
}

void RelationshipForm::dismiss()
{
    hide();
    emit closed();
}

void RelationshipForm::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        accept();
    else
        QFrame::keyPressEvent(event);
}

void RelationshipForm::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.lineStrong, 1));
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::popupRadius,
                            metrics::popupRadius);
}

}  // namespace portolan::ui
