// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/findbar.h"

#include "ui/errortext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/panels.h"

#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>

namespace ui {

namespace {

constexpr int mostTyped = 1000;

} // namespace

FindBar::FindBar(chat::Profile &profile, qint64 conversation, QWidget *parent)
    : QWidget(parent), m_find(profile, conversation), m_field(new SearchField(this)), m_count(new PlainLabel({}, this)),
      m_date(new IconButton(Icon::Clock, tr("Go to a date…"), this)),
      m_older(new IconButton(Icon::Up, tr("Older message"), this)),
      m_newer(new IconButton(Icon::Down, tr("Newer message"), this)),
      m_close(new IconButton(Icon::Close, tr("Close the search"), this))
{
    setObjectName(QStringLiteral("findBar"));
    setAccessibleName(tr("Search in this chat"));
    m_field->setObjectName(QStringLiteral("findField"));
    m_field->setPlaceholderText(tr("Search in this chat"));
    m_field->setAccessibleName(tr("Search in this chat"));
    m_field->setMaxLength(mostTyped);
    m_field->installEventFilter(this);
    m_count->setObjectName(QStringLiteral("findCount"));
    m_count->setMuted(true);
    m_date->setObjectName(QStringLiteral("findDate"));
    m_date->setWords(tr("Go to a date…"), QKeySequence(Qt::CTRL | Qt::Key_G));
    m_older->setObjectName(QStringLiteral("findOlder"));
    m_older->setWords(tr("Older message"), QKeySequence(Qt::Key_F3));
    m_newer->setObjectName(QStringLiteral("findNewer"));
    m_newer->setWords(tr("Newer message"), QKeySequence(Qt::SHIFT | Qt::Key_F3));
    m_close->setObjectName(QStringLiteral("findClose"));
    m_close->setWords(tr("Close the search"), QKeySequence(Qt::Key_Escape));
    auto *row = new QHBoxLayout(this);
    row->addWidget(m_field, 1);
    row->addWidget(m_count);
    row->addWidget(m_older);
    row->addWidget(m_newer);
    row->addWidget(m_date);
    row->addWidget(m_close);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_find.setText(text, m_find.current() != 0 ? m_find.current() : m_from);
        Q_EMIT phrasesChanged(m_find.phrases());
    });
    connect(m_date, &QAbstractButton::clicked, this, &FindBar::dateRequested);
    connect(m_older, &QAbstractButton::clicked, this, &FindBar::goOlder);
    connect(m_newer, &QAbstractButton::clicked, this, &FindBar::goNewer);
    connect(m_close, &QAbstractButton::clicked, this, &FindBar::close);
    connect(&m_find, &model::ChatFind::changed, this, &FindBar::refresh);
    connect(&m_find, &model::ChatFind::moved, this, &FindBar::moved);
    hide();
    applyTheme();
    refresh();
}

void FindBar::open(qint64 from)
{
    if (!isOpen()) {
        m_from = from;
        show();
        // What was looked for last is found again.
        if (!m_field->text().isEmpty()) {
            m_find.setText(m_field->text(), from);
            Q_EMIT phrasesChanged(m_find.phrases());
        }
    }
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FindBar::close()
{
    if (!isOpen())
        return;
    hide();
    m_find.clear();
    Q_EMIT phrasesChanged({});
    Q_EMIT closed();
}

QString FindBar::countText() const
{
    using State = model::ChatFind::State;
    switch (m_find.state()) {
    case State::Idle: return {};
    case State::Searching: return tr("Searching…");
    case State::Nothing: return tr("Nothing found");
    case State::Failed: return errorText(*m_find.error());
    case State::Found: break;
    }
    const QLocale locale;
    const QString position = locale.toString(m_find.position());
    const QString count = locale.toString(m_find.count());
    //: In a search: %1 is which message is shown, %2 how many there are; there may be more than are counted.
    return m_find.hasMore() ? tr("%1 of more than %2").arg(position, count)
                            //: In a search: %1 is which message is shown, %2 how many there are.
                            : tr("%1 of %2").arg(position, count);
}

void FindBar::refresh()
{
    const QString count = countText();
    m_count->setText(count);
    m_count->setVisible(!count.isEmpty());
    m_field->setAccessibleDescription(count);
    for (IconButton *button : {m_older, m_newer})
        button->setEnabled(m_find.count() > 0);
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isBack = key->modifiers().testFlag(Qt::ShiftModifier);
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter: isBack ? goNewer() : goOlder(); return true;
        case Qt::Key_Up: goOlder(); return true;
        case Qt::Key_Down: goNewer(); return true;
        case Qt::Key_Escape: close(); return true;
        default: break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape)
        return QWidget::keyPressEvent(event);
    close();
}

void FindBar::applyTheme()
{
    const Theme &theme = Theme::of(this);
    layout()->setContentsMargins(theme.space.l, theme.space.xs, theme.space.s, theme.space.xs);
    layout()->setSpacing(theme.space.s);
    update();
}

void FindBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.colors.window);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.colors.border);
}

void FindBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

} // namespace ui
