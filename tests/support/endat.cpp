// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Ends a process as a fault would where it reads a certain text: to be loaded before Qt (LD_PRELOAD), so that the program
// under test is the one that people get. BALCONY_END_AT is the text, BALCONY_END_THREAD the name of the thread that has to
// read it (none: any).
#include <QByteArrayView>
#include <QString>

#include <csignal>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>

namespace {

bool isHere()
{
    const char *wanted = std::getenv("BALCONY_END_THREAD");
    char name[32] = {};
    return !wanted || (pthread_getname_np(pthread_self(), name, sizeof name) == 0 && std::strcmp(name, wanted) == 0);
}

} // namespace

QString QString::fromUtf8(QByteArrayView bytes)
{
    using Function = QString (*)(QByteArrayView);
    static const auto next = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "_ZN7QString8fromUtf8E14QByteArrayView"));
    const char *text = std::getenv("BALCONY_END_AT");
    if (text && bytes == QByteArrayView(text) && isHere())
        ::raise(SIGSEGV);
    return next(bytes);
}
