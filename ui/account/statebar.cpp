// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/statebar.h"

#include "ui/errortext.h"
#include "ui/widgets/plaintext.h"

namespace ui {

namespace {

/// Who connects within this time needs not be told that it took time.
constexpr int patience = 1500;

} // namespace

StateBar::StateBar(chat::Account &account, QWidget *parent) : Banner(parent), m_account(account)
{
    setObjectName(QStringLiteral("stateBar"));
    m_second.setInterval(1000);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_second, &QTimer::timeout, this, &StateBar::refresh);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_impatient = true;
        refresh();
    });
    connect(&account, &chat::Account::stateChanged, this, &StateBar::refresh);
    connect(this, &Banner::actionTriggered, this, &StateBar::act);
    refresh();
}

void StateBar::setNamed(bool named)
{
    m_named = named;
    refresh();
}

void StateBar::act()
{
    if (m_account.state() == chat::Account::State::Waiting)
        m_account.retryNow();
    else
        m_account.goOnline();
}

QString StateBar::reason() const
{
    const std::optional<Error> &error = m_account.error();
    return error ? errorText(*error) : QString();
}

void StateBar::say(Kind kind, Icon icon, const QString &text, const QString &action)
{
    //: %1 is an account's address, %2 a sentence about it.
    const QString whole = m_named ? tr("%1: %2").arg(isolated(m_account.jid().toString()), text) : text;
    if (isHidden() || whole != this->text())
        tell(kind, icon, whole, action);
}

void StateBar::refresh()
{
    using State = chat::Account::State;
    const State state = m_account.state();
    m_second.stop();
    if (state != State::Connecting) {
        m_impatient = false;
        m_patience.stop();
    }
    const QString server = isolated(m_account.jid().domain());
    switch (state) {
    case State::Online:
    case State::NeedsPassword: // another bar asks for it
        hide();
        return;
    case State::Connecting:
        // Where the bar shows already, it goes on showing what happens.
        if (isHidden() && !m_impatient) {
            if (!m_patience.isActive())
                m_patience.start();
            return;
        }
        return say(Kind::Info, Icon::Clock, tr("Connecting to %1…").arg(server));
    case State::Waiting: {
        const int seconds = int((m_account.untilNextTry().count() + 999) / 1000);
        const QString why = m_account.error() ? reason() : tr("There is no connection to %1.").arg(server);
        m_second.start();
        if (m_account.error() && m_account.error()->condition == u"no-network")
            //: %1 is a sentence that says that there is no network.
            return say(Kind::Warning, Icon::NetworkOff,
                       tr("%1 Next try as soon as there is a network, or in %n s.", nullptr, seconds).arg(why),
                       tr("Try now"));
        //: %1 is a sentence that says why there is no connection.
        return say(Kind::Warning, Icon::NetworkOff, tr("%1 Next try in %n s.", nullptr, seconds).arg(why),
                   tr("Try now"));
    }
    case State::NeedsDecision:
        if (m_account.weakerOffer()) // another bar asks
            return hide();
        return say(Kind::Problem, Icon::Alert, reason(), tr("Try again"));
    case State::Offline:
        if (m_account.isClosing())
            return;
        if (m_account.error())
            return say(Kind::Problem, Icon::Alert, reason(), tr("Try again"));
        return say(Kind::Info, Icon::NetworkOff, tr("You are offline. What you write is sent when you are back."),
                   tr("Go online"));
    }
}

} // namespace ui
