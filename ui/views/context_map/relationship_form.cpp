// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/relationship_form.h"

#include "model/analysis/rules/context_map_rules.h"

#include "ui/base/icons.h"
#include "ui/base/offer.h"
#include "ui/base/plain_label.h"
#include "ui/base/style.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr int formWidth = 396;
constexpr std::size_t mostConsequences = 4;
constexpr int mostProductRows = 4;
constexpr int noRole = -1;                    // in the list of downstream roles
const char* const wantedProperty = "wanted";  // what was chosen before it could not be
const char* const idOfNew = "\x01new";  // no file can hold it: the id of a relationship on trial

bool has(const std::vector<Role>& roles, Role role)
{
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

QString nameOf(const ContextMap& map, const ContextId& id)
{
    const BoundedContext* context = map.context(id);
    return shown(context && !context->name.empty() ? context->name : id.text, 60);
}

QString nameOf(const DataProduct& product)
{
    return shown(product.name.empty() ? product.id.text : product.name, 60);
}

// A line of words under a choice.
PlainLabel* wordsUnder(const char* name, QWidget* parent)
{
    auto* words = new PlainLabel(parent);
    words->setObjectName(QString::fromLatin1(name));
    words->setRole(FontRole::Secondary);
    words->setMuted(true);
    words->setWordWrap(true);
    return words;
}

// What the chosen row means, and why others cannot be chosen.
void tellRows(QComboBox* box, PlainLabel* words, const QString& meaning)
{
    const QString lines = rowsInWords(box, meaning);
    words->setFullText(lines);
    box->setAccessibleDescription(lines);
}

PlainLabel* mutedLabel(const QString& text, QWidget* parent)
{
    auto* label = new PlainLabel(text, parent);
    label->setMuted(true);
    return label;
}

// One finding as a row: the sign of its severity, and why.
QWidget* rowOf(const Finding& finding, QWidget* parent)
{
    auto* row = new QWidget(parent);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* sign = new QLabel(row);
    sign->setPixmap(iconOf(signOf(finding.severity)).pixmap(14, 14));
    layout->addWidget(sign, 0, Qt::AlignTop);
    auto* words = new PlainLabel(shown(finding.message, 300), row);
    words->setRole(FontRole::Secondary);
    words->setWordWrap(true);
    layout->addWidget(words, 1);
    return row;
}

}  // namespace

std::vector<Finding> consequences(const ContextMap& map, const Relationship& relationship)
{
    ContextMap trial = map;
    Relationship tried = relationship;
    const auto now = std::find_if(trial.relationships.begin(), trial.relationships.end(),
                                  [&](const Relationship& other) {
                                      return other.id == relationship.id && !other.id.isEmpty();
                                  });
    if (now != trial.relationships.end()) {
        *now = tried;
    } else {
        tried.id = RelationshipId(idOfNew);
        trial.relationships.push_back(tried);
    }
    const std::vector<Finding> before = checkContextMap(map);
    std::vector<Finding> after = checkContextMap(trial);
    const EntityRef itself{EntityKind::Relationship, tried.id.text};
    std::erase_if(after, [&](const Finding& finding) {
        if (finding.subject == itself)
            return false;
        return std::any_of(before.begin(), before.end(), [&](const Finding& known) {
            return known.rule == finding.rule && known.subject == finding.subject &&
                   known.message == finding.message;
        });
    });
    return after;
}

RelationshipForm::RelationshipForm(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("relationshipForm"));
    setAccessibleName(tr("Relationship"));
    setAttribute(Qt::WA_NoMousePropagation);
    setFixedWidth(qRound(formWidth * textScale()));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 14);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    createHead(grid);
    createRoles(grid);
    createTexts(grid);
    createFoot(grid);
    hide();
}

void RelationshipForm::createHead(QGridLayout* grid)
{
    m_title = new PlainLabel(this);
    m_title->setObjectName(QStringLiteral("relationshipTitle"));
    m_title->setRole(FontRole::BodyStrong);
    m_ends = new PlainLabel(this);
    m_ends->setObjectName(QStringLiteral("relationshipEnds"));
    m_ends->setWordWrap(true);
    m_turn = new QToolButton(this);
    m_turn->setObjectName(QStringLiteral("turnRound"));
    m_turn->setText(tr("Turn round"));
    m_turn->setFocusPolicy(Qt::TabFocus);
    m_turn->setAccessibleName(tr("Turn round: exchange upstream and downstream"));
    connect(m_turn, &QToolButton::clicked, this, &RelationshipForm::turnRound);
    grid->addWidget(m_title, 0, 0, 1, 3);
    grid->addWidget(m_ends, 1, 0, 1, 2);
    grid->addWidget(m_turn, 1, 2, Qt::AlignRight | Qt::AlignTop);

    m_type = new QComboBox(this);
    m_type->setObjectName(QStringLiteral("relationshipType"));
    m_type->setAccessibleName(tr("Pattern"));
    setFocusProxy(m_type);
    const std::pair<RelationshipType, QString> types[] = {
        {RelationshipType::UpstreamDownstream, tr("Upstream and downstream")},
        {RelationshipType::CustomerSupplier, tr("Customer and supplier")},
        {RelationshipType::Partnership, tr("Partnership")},
        {RelationshipType::SharedKernel, tr("Shared kernel")},
        {RelationshipType::SeparateWays, tr("Separate ways")}};
    for (const auto& [type, words] : types)
        m_type->addItem(words, static_cast<int>(type));
    connect(m_type, &QComboBox::currentIndexChanged, this, &RelationshipForm::takeChange);
    m_typeWords = wordsUnder("typeWords", this);
    auto* pattern = new QVBoxLayout;
    pattern->setSpacing(4);
    pattern->addWidget(m_type);
    pattern->addWidget(m_typeWords);
    grid->addWidget(mutedLabel(tr("Pattern"), this), 2, 0, Qt::AlignTop);
    grid->addLayout(pattern, 2, 1, 1, 2);
}

void RelationshipForm::createRoles(QGridLayout* grid)
{
    auto* roles = new QVBoxLayout;
    roles->setContentsMargins(0, 4, 0, 0);
    roles->setSpacing(4);
    addRole(m_openHost, m_openHostWords, "roleOhs", tr("Open host service (OHS)"), roles);
    addRole(m_publishedLanguage, m_publishedLanguageWords, "rolePl", tr("Published language (PL)"),
            roles);
    m_upstreamLabel = mutedLabel(tr("Upstream"), this);
    grid->addWidget(m_upstreamLabel, 3, 0, Qt::AlignTop);
    grid->addLayout(roles, 3, 1, 1, 2);

    m_downstreamRole = new QComboBox(this);
    m_downstreamRole->setObjectName(QStringLiteral("roleDownstream"));
    m_downstreamRole->setAccessibleName(tr("Downstream role"));
    const std::pair<int, QString> downstreamRoles[] = {
        {noRole, tr("No role")},
        {static_cast<int>(Role::AnticorruptionLayer), tr("Anti-corruption layer (ACL)")},
        {static_cast<int>(Role::Conformist), tr("Conformist (CF)")}};
    for (const auto& [role, words] : downstreamRoles)
        m_downstreamRole->addItem(words, role);
    connect(m_downstreamRole, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_isFilling)
            m_downstreamRole->setProperty(wantedProperty, QVariant());
        takeChange();
    });
    m_downstreamWords = wordsUnder("downstreamWords", this);
    auto* downstream = new QVBoxLayout;
    downstream->setSpacing(4);
    downstream->addWidget(m_downstreamRole);
    downstream->addWidget(m_downstreamWords);
    m_downstreamLabel = mutedLabel(tr("Downstream"), this);
    grid->addWidget(m_downstreamLabel, 4, 0, Qt::AlignTop);
    grid->addLayout(downstream, 4, 1, 1, 2);

    m_products = new QListWidget(this);
    m_products->setObjectName(QStringLiteral("exposedProducts"));
    m_products->setAccessibleName(tr("Exposed products"));
    m_products->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_products, &QListWidget::itemChanged, this, &RelationshipForm::takeChange);
    m_noProducts = new PlainLabel(this);
    m_noProducts->setObjectName(QStringLiteral("noProducts"));
    m_noProducts->setWordWrap(true);
    m_productsLabel = mutedLabel(tr("Exposes"), this);
    grid->addWidget(m_productsLabel, 5, 0, Qt::AlignTop);
    grid->addWidget(m_products, 5, 1, 1, 2);
    grid->addWidget(m_noProducts, 5, 1, 1, 2);  // in place of the list
}

void RelationshipForm::addRole(QCheckBox*& box, PlainLabel*& words, const char* name,
                               const QString& text, QVBoxLayout* roles)
{
    box = new QCheckBox(text, this);
    box->setObjectName(QString::fromLatin1(name));
    words = wordsUnder((std::string(name) + "Words").c_str(), this);
    roles->addWidget(box);
    roles->addWidget(words);
    connect(box, &QCheckBox::toggled, this, &RelationshipForm::takeChange);
}

void RelationshipForm::createTexts(QGridLayout* grid)
{
    m_adopts = new QLineEdit(this);
    m_adopts->setObjectName(QStringLiteral("relationshipAdopts"));
    m_adopts->setAccessibleName(tr("Adopted version"));
    m_adopts->setPlaceholderText(tr("such as 2"));
    m_adopts->setMaxLength(40);
    m_adoptsLabel = mutedLabel(tr("Adopts"), this);
    grid->addWidget(m_adoptsLabel, 7, 0);
    grid->addWidget(m_adopts, 7, 1, 1, 2);
    m_name = new QLineEdit(this);
    m_name->setObjectName(QStringLiteral("relationshipName"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("none"));
    m_name->setMaxLength(400);
    grid->addWidget(mutedLabel(tr("Name"), this), 8, 0);
    grid->addWidget(m_name, 8, 1, 1, 2);
}

void RelationshipForm::createFoot(QGridLayout* grid)
{
    m_consequences = new QWidget(this);
    m_consequences->setObjectName(QStringLiteral("consequences"));
    m_consequences->setAccessibleName(tr("What the rules say"));
    auto* findings = new QVBoxLayout(m_consequences);
    findings->setContentsMargins(0, 4, 0, 0);
    findings->setSpacing(4);
    grid->addWidget(m_consequences, 9, 0, 1, 3);

    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelRelationship"));
    m_accept = new QPushButton(this);
    m_accept->setObjectName(QStringLiteral("acceptRelationship"));
    makePrimary(m_accept);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 4, 0, 0);
    buttons->setSpacing(8);
    buttons->addStretch(1);
    for (QPushButton* button : {cancel, m_accept}) {
        button->setAutoDefault(true);  // Enter presses the one that has the focus
        buttons->addWidget(button);
    }
    grid->addLayout(buttons, 10, 0, 1, 3);
    connect(cancel, &QPushButton::clicked, this, &RelationshipForm::dismiss);
    connect(m_accept, &QPushButton::clicked, this, &RelationshipForm::accept);
}

void RelationshipForm::open(const ContextMap& map, EstatePtr estate,
                            const Relationship& relationship, const QPoint& at)
{
    m_map = map;
    m_estate = std::move(estate);
    m_start = relationship;
    m_at = at;
    fill();
    show();
    raise();
    fitInside();
    m_type->setFocus();
}

void RelationshipForm::fill()
{
    m_isFilling = true;
    const bool isNew = m_start.id.isEmpty();
    m_title->setFullText(isNew ? tr("Declare relationship") : tr("Change relationship"));
    m_accept->setText(isNew ? tr("Declare") : tr("Change"));
    m_upstream = m_start.upstream;
    m_downstream = m_start.downstream;
    m_type->setCurrentIndex(m_type->findData(static_cast<int>(m_start.type)));
    m_openHost->setChecked(has(m_start.upstreamRoles, Role::OpenHostService));
    m_publishedLanguage->setChecked(has(m_start.upstreamRoles, Role::PublishedLanguage));
    m_adopts->setText(toQString(m_start.adopts));
    m_name->setText(toQString(m_start.name));
    const int role = has(m_start.downstreamRoles, Role::AnticorruptionLayer)
                         ? static_cast<int>(Role::AnticorruptionLayer)
                     : has(m_start.downstreamRoles, Role::Conformist)
                         ? static_cast<int>(Role::Conformist)
                         : noRole;
    m_downstreamRole->setCurrentIndex(m_downstreamRole->findData(role));
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_openHost, m_publishedLanguage, m_downstreamRole}) {
        widget->setEnabled(true);
        widget->setProperty(wantedProperty, QVariant());
    }
    fillProducts();
    m_isFilling = false;
    takeChange();
}

void RelationshipForm::fillProducts()
{
    m_products->clear();
    for (const DataProduct* product : m_map.productsOf(m_upstream)) {
        auto* item = new QListWidgetItem(nameOf(*product), m_products);
        item->setData(Qt::UserRole, toQString(product->id.text));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        const bool isExposed = std::find(m_start.exposes.begin(), m_start.exposes.end(),
                                         product->id) != m_start.exposes.end();
        item->setCheckState(isExposed ? Qt::Checked : Qt::Unchecked);
    }
    const int rows = std::clamp(m_products->count(), 1, mostProductRows);
    m_products->setFixedHeight(rows * m_products->sizeHintForRow(0) + 2 * m_products->frameWidth() +
                               2);
    m_noProducts->setFullText(tr("%1 has no products yet.").arg(nameOf(m_map, m_upstream)));
}

void RelationshipForm::takeChange()
{
    if (m_isFilling)
        return;
    m_isFilling = true;
    showRowsOf(static_cast<RelationshipType>(m_type->currentData().toInt()));
    offerChoices();
    m_isFilling = false;
    showConsequences();
}

// The rows that a relationship of this type has. Roles always stay in sight.
void RelationshipForm::showRowsOf(RelationshipType type)
{
    const bool hasRoles = !isSymmetric(type);
    const QString words = !hasRoles                                    ? tr("%1 and %2")
                          : type == RelationshipType::CustomerSupplier ? tr("%1 supplies %2")
                                                                       : tr("%1 upstream of %2");
    m_ends->setFullText(words.arg(nameOf(m_map, m_upstream), nameOf(m_map, m_downstream)));
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_turn, m_productsLabel, m_adoptsLabel, m_adopts})
        widget->setVisible(hasRoles);
    m_products->setVisible(hasRoles && m_products->count() > 0);
    m_noProducts->setVisible(hasRoles && m_products->count() == 0);
}

// Twice where a role came back or went with the type: what is said of the others depends on it.
void RelationshipForm::offerChoices()
{
    const Relationship before = relationship();
    offerOnce();
    const Relationship after = relationship();
    if (after.upstreamRoles != before.upstreamRoles ||
        after.downstreamRoles != before.downstreamRoles)
        offerOnce();
}

void RelationshipForm::offerOnce()
{
    using What = RelationshipChoice::What;
    const std::vector<RelationshipChoice> choices = legalChoices(m_map, relationship());
    offerTypes(choices);
    for (const RelationshipChoice& choice : choices) {
        if (choice.what == What::UpstreamRole && choice.role == Role::OpenHostService)
            offerUpstreamRole(m_openHost, m_openHostWords, choice);
        if (choice.what == What::UpstreamRole && choice.role == Role::PublishedLanguage)
            offerUpstreamRole(m_publishedLanguage, m_publishedLanguageWords, choice);
    }
    offerDownstreamRoles(choices);
}

void RelationshipForm::offerTypes(const std::vector<RelationshipChoice>& choices)
{
    const int now = m_type->currentData().toInt();
    QString meaning;
    for (const RelationshipChoice& choice : choices) {
        if (choice.what != RelationshipChoice::What::Type)
            continue;
        const bool isNow = static_cast<int>(choice.type) == now;
        if (choice.upstream == m_upstream)
            offerRow(m_type, m_type->findData(static_cast<int>(choice.type)), offerOf(choice));
        if (choice.upstream == m_upstream && isNow)
            meaning = offerOf(choice).meaning;
        if (choice.upstream == m_downstream && isNow) {  // what turning it round would make
            m_turn->setEnabled(choice.isAllowed);
            describeOffer(m_turn, offerOf(choice));
        }
    }
    tellRows(m_type, m_typeWords, meaning);
}

// A role that cannot be is not chosen either, and is again when it can be again.
void RelationshipForm::offerUpstreamRole(QCheckBox* box, PlainLabel* words,
                                         const RelationshipChoice& choice)
{
    if (box->isEnabled() && !choice.isAllowed) {
        box->setProperty(wantedProperty, box->isChecked());
        box->setChecked(false);
    } else if (!box->isEnabled() && choice.isAllowed) {
        box->setChecked(box->property(wantedProperty).toBool());
    }
    box->setEnabled(choice.isAllowed);
    const Offer offer = offerOf(choice);
    words->setFullText(offer.isAllowed ? offer.meaning : offer.reason);
    // Between equals one line, at the downstream end, speaks for all.
    words->setVisible(box->isChecked() || (!choice.isAllowed && !isSymmetric(choice.type)));
    describeOffer(box, offer);
}

void RelationshipForm::offerDownstreamRoles(const std::vector<RelationshipChoice>& choices)
{
    const auto rowOf = [this](const RelationshipChoice& choice) {
        return m_downstreamRole->findData(choice.role ? static_cast<int>(*choice.role) : noRole);
    };
    for (const RelationshipChoice& choice : choices) {
        if (choice.what == RelationshipChoice::What::DownstreamRole)
            offerRow(m_downstreamRole, rowOf(choice), offerOf(choice));
    }
    const int now = m_downstreamRole->currentIndex();
    const QVariant wanted = m_downstreamRole->property(wantedProperty);
    if (!isRowOffered(m_downstreamRole, now)) {
        m_downstreamRole->setProperty(wantedProperty, now);
        m_downstreamRole->setCurrentIndex(0);
    } else if (wanted.isValid() && isRowOffered(m_downstreamRole, wanted.toInt())) {
        m_downstreamRole->setCurrentIndex(wanted.toInt());
        m_downstreamRole->setProperty(wantedProperty, QVariant());
    }
    QString meaning;
    int offered = 0;
    for (const RelationshipChoice& choice : choices) {
        if (choice.what != RelationshipChoice::What::DownstreamRole || rowOf(choice) < 0)
            continue;
        offered += choice.isAllowed ? 1 : 0;
        if (rowOf(choice) == m_downstreamRole->currentIndex())
            meaning = offerOf(choice).meaning;
    }
    const bool hasRoles = offered > 1;
    m_downstreamRole->setEnabled(hasRoles);
    tellRows(m_downstreamRole, m_downstreamWords, hasRoles ? meaning : QString());
    if (!hasRoles)
        m_downstreamWords->setFullText(tr("Between equals there is no upstream or downstream end "
                                          "that could have a role."));
}

void RelationshipForm::showConsequences()
{
    if (m_isFilling)
        return;
    const std::vector<Finding> found = consequences(m_map, relationship());
    qDeleteAll(m_consequences->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    // A layout shows what it gets by an event, and measures only what is shown.
    const auto addRow = [this](QWidget* row) {
        m_consequences->layout()->addWidget(row);
        row->show();
    };
    QStringList words;
    for (std::size_t i = 0; i < std::min(found.size(), mostConsequences); ++i) {
        addRow(rowOf(found[i], m_consequences));
        words << shown(found[i].message, 300);
    }
    if (found.size() > mostConsequences) {
        const int more = static_cast<int>(found.size() - mostConsequences);
        addRow(mutedLabel(tr("and %n more", nullptr, more), m_consequences));
    }
    m_consequences->setVisible(!found.empty());
    m_consequences->setAccessibleDescription(words.join(QLatin1Char('\n')));
    fitInside();
}

// Grows and shrinks with its rows, and stays inside the canvas.
void RelationshipForm::fitInside()
{
    // What stands inside tells its new size only by an event, which comes too late.
    m_consequences->layout()->activate();
    layout()->activate();
    const int wanted = layout()->hasHeightForWidth() ? layout()->heightForWidth(width())
                                                     : layout()->sizeHint().height();
    resize(width(), wanted);
    const QRect room = parentWidget()->rect().adjusted(8, 8, -8, -8);
    move(std::clamp(m_at.x(), room.left(), std::max(room.left(), room.right() - width())),
         std::clamp(m_at.y(), room.top(), std::max(room.top(), room.bottom() - height())));
}

void RelationshipForm::turnRound()
{
    std::swap(m_upstream, m_downstream);
    m_isFilling = true;
    fillProducts();
    m_isFilling = false;
    takeChange();
}

Relationship RelationshipForm::relationship() const
{
    Relationship relationship = m_start;
    relationship.type = static_cast<RelationshipType>(m_type->currentData().toInt());
    relationship.upstream = m_upstream;
    relationship.downstream = m_downstream;
    relationship.name = toStdString(m_name->text().trimmed());
    relationship.adopts = toStdString(m_adopts->text().trimmed());
    relationship.upstreamRoles.clear();
    relationship.downstreamRoles.clear();
    relationship.exposes.clear();
    if (m_openHost->isChecked())
        relationship.upstreamRoles.push_back(Role::OpenHostService);
    if (m_publishedLanguage->isChecked())
        relationship.upstreamRoles.push_back(Role::PublishedLanguage);
    if (const int role = m_downstreamRole->currentData().toInt(); role >= 0)
        relationship.downstreamRoles.push_back(static_cast<Role>(role));
    for (int row = 0; row < m_products->count(); ++row) {
        const QListWidgetItem* item = m_products->item(row);
        if (item->checkState() == Qt::Checked)
            relationship.exposes.emplace_back(toStdString(item->data(Qt::UserRole).toString()));
    }
    return legal(std::move(relationship));
}

void RelationshipForm::accept()
{
    const Relationship made = relationship();
    hide();
    emit accepted(made);
    emit closed();
}

void RelationshipForm::dismiss()
{
    if (isHidden())
        return;
    hide();
    emit closed();
}

// The canvas below has its own use for keys and menus; none of them gets through.
bool RelationshipForm::event(QEvent* event)
{
    const bool done = QFrame::event(event);
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease ||
        event->type() == QEvent::ContextMenu) {
        event->accept();
        return true;
    }
    return done;
}

void RelationshipForm::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        accept();
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
