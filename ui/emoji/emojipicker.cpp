// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/emoji/emojipicker.h"

#include "ui/emoji/emojigrid.h"
#include "ui/emoji/tonemenu.h"
#include "ui/theme/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/panels.h"
#include "ui/widgets/plaintext.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace ui {

namespace {

constexpr int wantedColumns = 9;
constexpr int longestWanted = 60;
/// Stands for all that take a skin tone.
const QString toneSign = QStringLiteral("\u270b");

} // namespace

EmojiPicker::EmojiPicker(EmojiBook &book, QWidget *window)
    : QWidget(window), m_book(book), m_field(new SearchField(this)), m_grid(new EmojiGrid(book, this)),
      m_name(new ElidedLabel({}, this)), m_nothing(new ElidedLabel({}, this)), m_tone(new QToolButton(this))
{
    setObjectName(QStringLiteral("emojiPicker"));
    m_field->setObjectName(QStringLiteral("emojiField"));
    m_field->setPlaceholderText(tr("Search emoji"));
    m_field->setAccessibleName(tr("Search emoji"));
    m_field->setMaxLength(longestWanted);
    m_field->installEventFilter(this);
    m_name->setObjectName(QStringLiteral("emojiName"));
    m_nothing->setText(tr("No emoji found"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setMuted(true);
    m_nothing->hide();
    m_tone->setObjectName(QStringLiteral("emojiTone"));
    m_tone->setAutoRaise(true);
    m_tone->setFocusPolicy(Qt::TabFocus);
    connect(m_field, &QLineEdit::textChanged, this, &EmojiPicker::search);
    connect(m_grid, &EmojiGrid::chosen, this, &EmojiPicker::take);
    connect(m_grid, &EmojiGrid::moved, this, &EmojiPicker::tellCurrent);
    connect(m_grid, &EmojiGrid::toneChosen, this, &EmojiPicker::setTone);
    connect(m_grid, &EmojiGrid::leaveUpPressed, m_field, [this] { m_field->setFocus(Qt::OtherFocusReason); });
    connect(m_grid, &EmojiGrid::written, this, [this](QKeyEvent *event) {
        m_field->setFocus(Qt::OtherFocusReason);
        QCoreApplication::sendEvent(m_field, event);
    });
    connect(m_tone, &QAbstractButton::clicked, this, &EmojiPicker::askTone);
    window->installEventFilter(this);
    hide();
}

void EmojiPicker::open(const QRect &anchor, const QString &purpose)
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    m_anchor = anchor;
    setAccessibleName(purpose);
    const QSignalBlocker quiet(m_field);
    m_field->clear();
    applyTheme();
    place();
    m_grid->table()->setQuery({});
    fillTabs();
    place();
    m_nothing->hide();
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
    tellCurrent();
}

void EmojiPicker::close()
{
    if (!isVisible())
        return;
    hide();
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
}

QString EmojiPicker::footText() const
{
    return m_name->text();
}

QRect EmojiPicker::panel() const
{
    const Theme &theme = Theme::of(this);
    const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, m_grid);
    const int wide =
        std::min(width() - 2 * theme.space.s, wantedColumns * m_grid->cellSize() + bar + 2 * theme.space.s);
    const int high = std::min(height() - 2 * theme.space.s, theme.scaled(420));
    QRect rect(0, 0, wide, high);
    // Its end at the end of what opened it, over it where there is room, and whole in any case.
    const bool isMirrored = isRightToLeft();
    rect.moveLeft(isMirrored ? m_anchor.left() : m_anchor.right() + 1 - wide);
    const bool fitsOver = m_anchor.top() - theme.space.xs - high >= theme.space.s;
    rect.moveTop(fitsOver ? m_anchor.top() - theme.space.xs - high : m_anchor.bottom() + theme.space.xs);
    rect.moveLeft(std::clamp(rect.left(), theme.space.s, std::max(theme.space.s, width() - theme.space.s - wide)));
    rect.moveTop(std::clamp(rect.top(), theme.space.s, std::max(theme.space.s, height() - theme.space.s - high)));
    return rect;
}

void EmojiPicker::place()
{
    setGeometry(parentWidget()->rect());
    const Theme &theme = Theme::of(this);
    const QRect whole = panel();
    const QRect inner = whole.adjusted(theme.space.s, theme.space.s, -theme.space.s, -theme.space.s);
    m_field->setGeometry(inner.left(), inner.top(), inner.width(), m_field->sizeHint().height());
    const int below = placeTabs(inner, m_field->geometry().bottom() + 1 + theme.space.xs);
    const int foot = theme.scaled(36);
    m_grid->setGeometry(inner.left(), below, inner.width(), inner.bottom() + 1 - foot - below);
    m_nothing->setGeometry(m_grid->geometry().adjusted(0, 0, 0, -m_grid->height() / 2));
    const QRect line(inner.left(), inner.bottom() + 1 - foot, inner.width(), foot);
    QRect tone(0, 0, foot, foot);
    tone.moveTopLeft(QPoint(isRightToLeft() ? line.left() : line.right() + 1 - foot, line.top()));
    m_tone->setGeometry(tone);
    const int words = foot + theme.space.s;
    m_name->setGeometry(
        line.adjusted(isRightToLeft() ? words : theme.space.s, 0, isRightToLeft() ? -theme.space.s : -words, 0));
}

/// The buttons of the groups side by side; gives where the next thing begins.
int EmojiPicker::placeTabs(const QRect &inner, int top)
{
    const Theme &theme = Theme::of(this);
    const bool areShown = !m_tabs.empty() && m_field->text().isEmpty();
    const int high = theme.scaled(32);
    const int count = std::max(1, int(m_tabs.size()));
    for (int i = 0; i < int(m_tabs.size()); ++i) {
        const int from = inner.width() * i / count;
        const int wide = inner.width() * (i + 1) / count - from;
        const int x = isRightToLeft() ? inner.right() + 1 - from - wide : inner.left() + from;
        m_tabs[size_t(i)]->setGeometry(x, top, wide, high);
        m_tabs[size_t(i)]->setVisible(areShown);
    }
    return areShown ? top + high + theme.space.xs : top;
}

void EmojiPicker::fillTabs()
{
    qDeleteAll(std::exchange(m_tabs, {}));
    const Theme &theme = Theme::of(this);
    const EmojiModel &table = *m_grid->table();
    for (const int row : table.headings()) {
        auto *tab = new QToolButton(this);
        const QString sign = table.sign(table.movedRow(table.index(row, 0), 1));
        tab->setAutoRaise(true);
        // For the pointer; the keyboard has Ctrl+Page Up and Page Down.
        tab->setFocusPolicy(Qt::NoFocus);
        tab->setAccessibleName(table.heading(row));
        tab->setToolTip(table.heading(row).toHtmlEscaped());
        const bool isRecent = row == 0 && !m_book.recent().signs().isEmpty();
        const int side = theme.scaled(18);
        tab->setIconSize({side, side});
        tab->setIcon(isRecent ? themedIcon(Icon::Clock, IconRole::Muted)
                              : QIcon(m_book.drawing(sign, side, devicePixelRatioF(), theme)));
        connect(tab, &QAbstractButton::clicked, this, [this, row] { m_grid->goToHeading(row); });
        m_tabs.push_back(tab);
    }
}

void EmojiPicker::search(const QString &text)
{
    m_grid->table()->setQuery(text);
    const bool isNothing = m_grid->table()->rowCount() == 0;
    m_nothing->setVisible(isNothing);
    m_grid->setVisible(!isNothing);
    place();
    tellCurrent();
}

void EmojiPicker::take(const QString &sign, bool stay)
{
    m_book.recent().use(sign);
    if (!stay)
        close();
    Q_EMIT picked(sign);
}

/// The name of the current sign, for the eyes and for a screen reader in the search field.
void EmojiPicker::tellCurrent()
{
    const int index = m_grid->table()->emoji(m_grid->currentIndex());
    QString words;
    if (index >= 0)
        //: Under the emoji: %1 is what one is called, %2 what can be typed for it, as in ":tada:".
        words = tr("%1  :%2:").arg(isolated(m_book.set().name(index)), m_book.set().shortCode(index));
    m_name->setText(words);
    m_field->setAccessibleDescription(index < 0 ? m_nothing->text() : m_book.set().name(index));
}

void EmojiPicker::askTone()
{
    const int index = m_book.set().indexOf(toneSign);
    if (index < 0)
        return;
    auto *menu = new ToneMenu(m_book, index, this);
    connect(menu, &ToneMenu::chosen, this, &EmojiPicker::setTone);
    menu->popup(m_tone->mapToGlobal(QPoint(0, m_tone->height())));
}

void EmojiPicker::setTone(int tone)
{
    m_book.recent().setTone(tone);
    const QModelIndex current = m_grid->currentIndex();
    m_grid->table()->refresh();
    m_grid->setCurrentIndex(current);
    m_grid->scrollTo(current);
    applyTheme();
}

void EmojiPicker::applyTheme()
{
    const Theme &theme = Theme::of(this);
    const int side = theme.iconSize();
    m_tone->setIconSize({side, side});
    // Nothing of all this is read before somebody opens it.
    if (m_anchor.isNull())
        return;
    const int hand = m_book.set().indexOf(toneSign);
    m_tone->setVisible(hand >= 0);
    if (hand >= 0)
        m_tone->setIcon(m_book.drawing(m_book.preferred(hand), side, devicePixelRatioF(), theme));
    //: %1 is a skin tone, as in "Medium skin tone".
    m_tone->setAccessibleName(tr("Skin tone of emoji: %1").arg(toneName(m_book.recent().tone())));
    m_tone->setToolTip(m_tone->accessibleName().toHtmlEscaped());
}

/// Keys of the search field that are for the grid. True where the key is done with.
bool EmojiPicker::fieldKey(QKeyEvent *event)
{
    const bool isEmpty = m_field->text().isEmpty();
    switch (event->key()) {
    case Qt::Key_Escape: close(); return true;
    case Qt::Key_Down:
        if (event->modifiers() == Qt::NoModifier && m_grid->isVisible())
            m_grid->setFocus(Qt::OtherFocusReason);
        break;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (!isEmpty)
            return false;
        break;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Up: break;
    case Qt::Key_Return:
    case Qt::Key_Enter: break;
    default: return false;
    }
    // Down out of the field goes to the first row, and not over it.
    if (event->key() != Qt::Key_Down || event->modifiers() != Qt::NoModifier)
        QCoreApplication::sendEvent(m_grid, event);
    return true;
}

bool EmojiPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        close();
    if (watched == m_field && event->type() == QEvent::ShortcutOverride
        && EmojiGrid::isToneKey(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    if (watched == m_field && event->type() == QEvent::KeyPress)
        return fieldKey(static_cast<QKeyEvent *>(event));
    return QWidget::eventFilter(watched, event);
}

void EmojiPicker::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    // Nothing goes on to the window behind.
}

bool EmojiPicker::focusNextPrevChild(bool next)
{
    const std::vector<QWidget *> all{m_field, m_grid, m_tone};
    const auto at = std::find(all.begin(), all.end(), QApplication::focusWidget());
    const int count = int(all.size());
    int index = at == all.end() ? 0 : int(at - all.begin());
    for (int i = 0; i < count; ++i) {
        index = (index + (next ? 1 : count - 1)) % count;
        if (all[size_t(index)]->isVisible())
            break;
    }
    all[size_t(index)]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

void EmojiPicker::mousePressEvent(QMouseEvent *event)
{
    if (!panel().contains(event->pos()))
        close();
}

void EmojiPicker::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF whole = QRectF(panel()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(Qt::NoPen);
    QColor shadow = theme.colors.shadow;
    for (int i = 3; i > 0; --i) {
        shadow.setAlpha(24);
        painter.setBrush(shadow);
        painter.drawRoundedRect(whole.adjusted(-i, 1 - i, i, 1 + i), theme.radius.bubble + i, theme.radius.bubble + i);
    }
    painter.setPen(QPen(theme.highContrast ? theme.colors.text : theme.colors.border, 1));
    painter.setBrush(theme.colors.sidebar);
    painter.drawRoundedRect(whole, theme.radius.bubble, theme.radius.bubble);
}

void EmojiPicker::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::StyleChange || !isVisible())
        return;
    applyTheme();
    fillTabs();
    place();
}

} // namespace ui
