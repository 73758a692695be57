// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/captures.h"
#include "store/store.h"

#include <QCoreApplication>

namespace bench {

template<class T>
Task<void> keepAnswer(Task<T> task, std::optional<T> *answer)
{
    auto value = co_await std::move(task);
    answer->emplace(std::move(value));
}

/// Runs the event loop until the task has its answer.
template<class T>
T wait(Task<T> task)
{
    std::optional<T> answer;
    base::Scope scope;
    scope.run(keepAnswer(std::move(task), &answer));
    while (!answer)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return std::move(*answer);
}

[[noreturn]] void complain(const Error &error);

/// The value, or the end of the program with the error's text.
template<class T>
T must(Result<T> result)
{
    if (!result)
        complain(result.error());
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}
/// What a fill cost, without making the messages.
struct Cost {
    qint64 messages = 0;
    double wall = 0;           ///< Seconds.
    double cpu = 0;            ///< Seconds, of all threads.
    std::vector<double> calls; ///< Seconds of each transaction, wall.
};

/// The disabled account me@bench.example with `chats` chats, opened if they are not there yet; gives their ids.
std::vector<qint64> makeChats(store::Store &store, int chats);

/// Stores messages in those chats, `perTransaction` at a time: the first chats get by far the most. They are some 40 s
/// apart, a sixth of them ours, and read.
class Filler
{
public:
    Filler(store::Store &store, std::vector<qint64> chats) : m_store(store), m_chats(std::move(chats)) { }

    Cost fill(qint64 messages, int perTransaction);
    /// Puts all that is not in the search index yet into it.
    Cost index();

private:
    store::NewMessage next();

    store::Store &m_store;
    std::vector<qint64> m_chats;
    Speech m_speech{20261129};
    qint64 m_number = 0;
};

/// Closes the store and copies its log into the file.
void closeStore(store::Store &store);
QString databaseFile(const QString &folder);
/// Takes the file out of the system's cache, as after a start of the machine. False where the system has no such call.
bool dropFromCache(const QString &file);

/// What a folder of kept data says that it holds, by this program's schema.
QByteArray whatIsIn(int chats, qint64 messages, bool indexed);
bool isFilled(const QString &folder, const QByteArray &what);
void noteFilled(const QString &folder, const QByteArray &what);
/// A folder whose profile has that many chats and messages: made if `folder` does not hold it yet, and then kept for the
/// next run.
void ensureProfile(const QString &folder, int chats, qint64 messages, bool indexed);

} // namespace bench
