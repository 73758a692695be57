// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/datejump.h"

#include "model/searchquery.h"
#include "store/keys.h"
#include "ui/errortext.h"
#include "ui/search/searchtext.h"
#include "ui/widgets/textprompt.h"

namespace ui {

namespace {

/// For Store::read(): the key of the first message since a moment, or of the last one before it; 0: there is none.
struct FindMoment {
    qint64 conversation;
    QDateTime time;
    Result<qint64> operator()(store::Reader &reader) const
    {
        store::PageRequest request;
        request.limit = 1;
        request.after = (store::keys::first(conversation) | store::keys::slotOf(time)) - 1;
        auto page = reader.messages().page(conversation, request);
        if (page && page->messages.empty()) {
            request.after = 0; // the newest
            page = reader.messages().page(conversation, request);
        }
        if (!page)
            return fail(page.error());
        return page->messages.empty() ? 0 : page->messages.front().key;
    }
};

} // namespace

DateJump::DateJump(chat::Profile &profile, qint64 conversation, QWidget *page)
    : QObject(page), m_profile(profile), m_conversation(conversation), m_page(page)
{
}

void DateJump::ask()
{
    auto *prompt = new TextPrompt(tr("Go to a date"), tr("For example 2026-11-30, 2026-11 or yesterday"),
                                  QDate::currentDate().toString(Qt::ISODate), tr("Go there"), m_page->window());
    connect(prompt, &TextPrompt::given, this, [this, prompt](const QString &text) { take(prompt, text); });
    connect(this, &QObject::destroyed, prompt, &QDialog::reject);
    prompt->open();
}

void DateJump::take(TextPrompt *prompt, const QString &text)
{
    const QDate day = model::dayOf(text.trimmed(), QDate::currentDate());
    if (!day.isValid())
        return prompt->refuse(problemText({model::SearchProblem::Kind::BadDate, {}, text.trimmed()}));
    m_scope.cancel();
    m_scope.run(go(prompt, day));
}

Task<void> DateJump::go(QPointer<TextPrompt> prompt, QDate day)
{
    FindMoment find{m_conversation, day.startOfDay()};
    auto reading = m_profile.store().read(find);
    const auto key = co_await std::move(reading);
    if (!prompt)
        co_return;
    if (!key)
        co_return prompt->refuse(errorText(key.error()));
    if (*key == 0)
        co_return prompt->refuse(tr("There is no message in this chat yet."));
    prompt->accept();
    Q_EMIT found(*key);
}

} // namespace ui
