// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/task.h"

#include <algorithm>

namespace base {
namespace detail {

void Root::resume(std::coroutine_handle<> handle)
{
    if (m_doomed)
        return;
    m_ready.push_back(handle);
    if (!m_running)
        drain();
}

void Root::forget(std::coroutine_handle<> handle)
{
    m_ready.erase(std::remove(m_ready.begin(), m_ready.end(), handle), m_ready.end());
}

void Root::drop()
{
    m_doomed = true;
    m_ready.clear();
    m_finished = nullptr;
    if (!m_running)
        destroyTop();
}

void Root::start(std::coroutine_handle<> top, std::function<void()> finished)
{
    m_top = top;
    m_finished = std::move(finished);
    resume(top);
}

Root::~Root()
{
    m_doomed = true;
    destroyTop();
}

void Root::drain()
{
    const auto self = shared_from_this(); // the last outside reference may go while we run
    m_running = true;
    while (!m_ready.empty() && !m_doomed) {
        const auto next = m_ready.front();
        m_ready.pop_front();
        next.resume();
    }
    m_running = false;
    if (m_doomed) {
        destroyTop();
    } else if (m_top && m_top.done()) {
        const auto finished = std::exchange(m_finished, nullptr);
        destroyTop();
        if (finished)
            finished();
    }
}

void Root::destroyTop()
{
    if (const auto top = std::exchange(m_top, nullptr)) {
        m_running = true; // what the frame's destructors set off must not start this root again
        m_doomed = true;
        top.destroy();
        m_running = false;
    }
}

} // namespace detail

void Scope::run(Task<void> task)
{
    if (m_dying)
        return; // a frame's destructor asked for it; nobody would ever drop it
    const auto root = std::make_shared<detail::Root>();
    const auto handle = task.release();
    // The promise holds its root and the root its frame: broken in Root::destroyTop() by destroying the frame.
    handle.promise().root = root;
    m_roots.push_back(root);
    const std::weak_ptr<detail::Root> weak = root;
    const std::weak_ptr<bool> alive = m_alive;
    root->start(handle, [this, weak, alive] {
        if (!alive.lock())
            return;
        m_roots.remove_if([&](const auto &r) { return r == weak.lock(); });
    });
}

void Scope::cancel()
{
    m_alive = std::make_shared<bool>(true);
    auto roots = std::exchange(m_roots, {});
    for (const auto &root : roots)
        root->drop();
}

} // namespace base
