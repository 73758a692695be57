// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/chatrig.h"
#include "chat/downloads.h"
#include "chat/uploads.h"

namespace tests {

/// The web in the test's hand: what is put waits for its answer, what is got is there at once.
class FakeHttp final : public net::Http
{
public:
    Task<Result<>> put(net::HttpRequest request, net::HttpSource *source) override
    {
        requests.push_back(request);
        QByteArray body;
        for (;;) {
            auto reading = source->read(1000);
            const auto piece = co_await std::move(reading);
            if (!piece)
                co_return fail(piece.error());
            if (piece->isEmpty())
                break;
            body += *piece;
        }
        bodies.append(body);
        const Later<Result<>> later;
        answers.push_back(later);
        co_return co_await later;
    }
    Task<Result<qint64>> get(net::HttpRequest request, net::HttpSink *sink) override
    {
        requests.push_back(request);
        if (!error.condition.isEmpty())
            co_return fail(error);
        auto writing = sink->write(content);
        const auto written = co_await std::move(writing);
        if (!written)
            co_return fail(written.error());
        co_return content.size();
    }

    std::vector<net::HttpRequest> requests;
    QByteArrayList bodies;
    std::vector<Later<Result<>>> answers;
    QByteArray content;
    Error error;
};

/// ChatRig with files that go and come.
class FilesRig : public ChatRig
{
public:
    ~FilesRig()
    {
        uploads.reset();
        downloads.reset();
    }
    bool openAll()
    {
        if (!dir.isValid() || !open())
            return false;
        services.http = &http;
        services.filesFolder = dir.filePath(QStringLiteral("files"));
        uploads = std::make_unique<chat::Uploads>(services, client(), extensions, *outbox, conversations, account);
        downloads = std::make_unique<chat::Downloads>(services, conversations, account);
        return true;
    }
    QString write(const QString &name, const QByteArray &content)
    {
        QFile file(dir.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            QTest::qFail("no file", __FILE__, __LINE__);
        return file.fileName();
    }
    Result<store::Message> sendFile(const QString &path, const QString &caption = {})
    {
        chat::Uploads::Draft draft;
        draft.to = peer;
        draft.path = path;
        draft.caption = caption;
        return wait(uploads->send(draft));
    }
    /// Until the client sends something; null where it does not.
    xml::Element sends()
    {
        (void)QTest::qWaitFor([this] { return d.unexpected() > 0; }, 10000);
        return d.takeSent();
    }

    /// The barrier behind what was written, once it comes, is answered.
    bool confirms()
    {
        (void)QTest::qWaitFor([this] { return d.unexpected() > 0; }, 10000);
        return answersPing();
    }

    QTemporaryDir dir;
    Worker worker{QStringLiteral("compute")};
    chat::FileSecrets secrets{dir.filePath(QStringLiteral("secrets"))};
    chat::Services services{client().clock(), client().random(), worker, store, secrets, secrets, {}};
    FakeHttp http;
    std::unique_ptr<chat::Uploads> uploads;
    std::unique_ptr<chat::Downloads> downloads;
};

} // namespace tests
