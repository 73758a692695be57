// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatexport.h"
#include "store/storage.h"
#include "support/testmain.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QXmlStreamReader>

#include <csignal>
#include <sys/resource.h>

using namespace tests;
using chat::exportformats::Format;

namespace {

const Jid own = jid("romeo@montague.lit");
const Jid peer = jid("juliet@capulet.lit");
const QString attack = QStringLiteral("<script>alert(\"1\")</script> & 'quoted' <img src=x onerror=alert(2)>");
const QString turned = QStringLiteral("\u202Etxt.exe\u2069 behind");

/// A chat with one of each: corrected, retracted, answered, reacted to, with files, from right to left, and hostile.
struct FillChat {
    int more = 0; ///< Plain ones behind them.
    Result<qint64> operator()(store::Transaction &transaction) const
    {
        if (auto put = transaction.accounts().put({own, true, {}}); !put)
            return fail(put.error());
        const qint64 chat = transaction.conversations().open(own, peer).value();
        int second = 0;
        const auto add = [&](const char *id, const QString &body, bool outgoing, const QString &replyTo = {},
                             const std::vector<store::File> &files = {}) {
            store::NewMessage message;
            message.conversation = chat;
            message.outgoing = outgoing;
            message.author = outgoing ? own : peer;
            message.body = body;
            message.stanzaId = QString::fromLatin1(id);
            message.originId = message.stanzaId;
            message.time = at(second++);
            message.state = outgoing ? store::MessageState::Delivered : store::MessageState::Received;
            message.replyTo = replyTo;
            message.files = files;
            return transaction.messages().append(message).value().key;
        };
        const auto change = [&](store::Change::Kind kind, bool outgoing, const char *target, const QString &body) {
            store::Change made;
            made.conversation = chat;
            made.kind = kind;
            made.outgoing = outgoing;
            made.author = outgoing ? own : peer;
            made.target = QString::fromLatin1(target);
            made.stanzaId = QStringLiteral("change-%1").arg(second);
            made.time = at(second++);
            made.body = body;
            return transaction.changes().record(made).has_value();
        };
        add("first-message", QStringLiteral("Art thou not Romeo?\nAnd a Montague?"), false);
        add("answer-message", attack, true, QStringLiteral("first-message"));
        add("edited-message", QStringLiteral("Neyther"), true);
        add("retracted-message", QStringLiteral("a secret"), false);
        add("hebrew-message", QStringLiteral("שלום עולם"), false);
        add("turned-message", turned, false);
        store::File file;
        file.name = turned + attack;
        file.type = QStringLiteral("image/png");
        file.url = QStringLiteral("https://files.capulet.lit/a?b=1&c=2");
        file.size = 12;
        store::File script = file;
        script.url = QStringLiteral("javascript:alert(3)");
        add("file-message", QStringLiteral("files"), false, {}, {file, script});
        for (int i = 0; i < more; ++i)
            add(qPrintable(QStringLiteral("more-message-%1").arg(i)), QStringLiteral("more %1").arg(i), i % 2 == 0);
        if (!change(store::Change::Kind::Correction, true, "edited-message", QStringLiteral("Neither, fair maid"))
            || !change(store::Change::Kind::Retraction, false, "retracted-message", {})
            || !change(store::Change::Kind::Reactions, false, "edited-message", QStringLiteral("👍\n❤")))
            return fail(Error::Kind::Input, QStringLiteral("test"), {});
        return chat;
    }
};

} // namespace

/// A chat in a file: all of it, safe to open, and there only when it is whole.
class TestChatExport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_rightToLeft = m_isEmpty = false;
        m_store = std::make_unique<store::Store>(store::StoreOptions{});
        VERIFY_OK(wait(m_store->open()));
    }

    void htmlIsSafe()
    {
        const QString html = QString::fromUtf8(written(Format::Html));
        QVERIFY(!html.isEmpty());
        QVERIFY(!html.contains(QStringLiteral("<script")));
        QVERIFY(!html.contains(QStringLiteral("<img")));
        QVERIFY(html.contains(attack.toHtmlEscaped()));
        QVERIFY(html.contains(QStringLiteral("default-src 'none'")));
        QVERIFY(html.contains(QStringLiteral("href=\"https://files.capulet.lit/a?b=1&amp;c=2\"")));
        QVERIFY(!html.contains(QStringLiteral("href=\"javascript")));
        // Every text of others is in an element that its direction cannot leave.
        const QString name = QStringLiteral("<bdi>txt.exe behind");
        QVERIFY(html.contains(name));
        QVERIFY(html.contains(QStringLiteral("<div class=\"body\" dir=\"auto\">שלום עולם</div>")));
        QVERIFY(html.contains(QStringLiteral("dir=\"ltr\"")));
        // It is well-formed, but for what HTML writes shorter.
        QString xml = html;
        xml.remove(QStringLiteral("<!DOCTYPE html>"));
        xml.remove(QRegularExpression(QStringLiteral("<meta [^>]*>")));
        QXmlStreamReader reader(xml);
        int articles = 0;
        while (!reader.atEnd()) {
            if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == u"article")
                ++articles;
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QCOMPARE(articles, 7);
    }

    void htmlSaysAll()
    {
        m_rightToLeft = true;
        const QString html = QString::fromUtf8(written(Format::Html));
        QVERIFY(html.contains(QStringLiteral("dir=\"rtl\"")));
        for (const char *part :
             {"datetime=\"2023-11-14T22:13:20.000Z\"", "In reply to <bdi>Juliet</bdi>: <bdi>Art thou not Romeo?",
              "Neither, fair maid", "Before, since", "<bdi>Neyther</bdi>", "This was deleted.", "edited",
              "Reactions: <bdi>👍 ❤</bdi> <bdi>Juliet</bdi>", "class=\"out\"", "class=\"in\""})
            QVERIFY2(html.contains(QString::fromUtf8(part)), part);
        QVERIFY(!html.contains(QStringLiteral("a secret")));
    }

    void textHasOneHeadAMessage()
    {
        const QString text = QString::fromUtf8(written(Format::Text));
        int heads = 0;
        const QStringList lines = text.split(u'\n');
        for (qsizetype i = 3; i < lines.size(); ++i) {
            const QString &line = lines[i];
            const bool isHead = line.startsWith(u'[');
            QVERIFY2(line.isEmpty() || isHead || line.startsWith(QStringLiteral("    ")), qPrintable(line));
            heads += isHead ? 1 : 0;
        }
        QCOMPARE(heads, 7);
        QVERIFY(text.contains(QStringLiteral("\n    Art thou not Romeo?\n    And a Montague?\n")));
        QVERIFY(text.contains(QStringLiteral("[2023-11-14T22:13:20.000Z · ")));
        QVERIFY(text.contains(QStringLiteral("\n    > In reply to \u2068Juliet\u2069: ")));
        QVERIFY(text.contains(QStringLiteral("File: \u2068txt.exe behind")));
    }

    void jsonCanBeReadAgain()
    {
        QJsonParseError error;
        const QByteArray bytes = written(Format::Json);
        const QJsonObject whole = QJsonDocument::fromJson(bytes, &error).object();
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(whole.value(QStringLiteral("format")).toString(), QStringLiteral("balcony-chat"));
        QCOMPARE(whole.value(QStringLiteral("version")).toInt(), 1);
        QCOMPARE(whole.value(QStringLiteral("account")).toString(), own.toString());
        QCOMPARE(whole.value(QStringLiteral("chat")).toString(), peer.toString());
        const QJsonArray messages = whole.value(QStringLiteral("messages")).toArray();
        QCOMPARE(messages.size(), 7);
        const auto text = [&](int i, const char *field) {
            return messages[i].toObject().value(QLatin1String(field)).toString();
        };
        QCOMPARE(text(1, "body"), attack);
        QCOMPARE(text(1, "replyTo"), QStringLiteral("first-message"));
        QCOMPARE(text(1, "direction"), QStringLiteral("out"));
        QCOMPARE(text(1, "state"), QStringLiteral("delivered"));
        QCOMPARE(text(5, "body"), turned);
        QCOMPARE(QDateTime::fromString(text(5, "time"), Qt::ISODateWithMs), at(5));
        const QJsonObject edited = messages[2].toObject();
        QVERIFY(edited.value(QStringLiteral("edited")).toBool());
        const QJsonArray versions = edited.value(QStringLiteral("versions")).toArray();
        QCOMPARE(versions.size(), 2);
        QCOMPARE(versions[0].toObject().value(QStringLiteral("body")).toString(), QStringLiteral("Neyther"));
        const QJsonObject reaction = edited.value(QStringLiteral("reactions")).toArray()[0].toObject();
        QCOMPARE(reaction.value(QStringLiteral("author")).toString(), peer.toString());
        QCOMPARE(reaction.value(QStringLiteral("signs")).toArray().size(), 2);
        QVERIFY(messages[3].toObject().value(QStringLiteral("retracted")).toBool());
        const QJsonObject file = messages[6].toObject().value(QStringLiteral("files")).toArray()[0].toObject();
        QCOMPARE(file.value(QStringLiteral("name")).toString(), turned + attack);
        QCOMPARE(file.value(QStringLiteral("size")).toInt(), 12);
        QVERIFY(!bytes.contains("a secret"));
        // A line a message, as docs/export.md says.
        QCOMPARE(bytes.count('\n'), 9);
    }

    void emptyChat()
    {
        for (const Format format : {Format::Html, Format::Text, Format::Json}) {
            m_isEmpty = true;
            const QByteArray bytes = written(format);
            QVERIFY(!bytes.isEmpty());
            if (format == Format::Json)
                QCOMPARE(QJsonDocument::fromJson(bytes).object().value(QStringLiteral("messages")).toArray().size(), 0);
        }
    }

    void goesInPieces()
    {
        chat::ChatExport exporter(*m_store);
        QSignalSpy progress(&exporter, &chat::ChatExport::progress);
        const auto request = requestFor(Format::Json, chat::ChatExport::pageSize * 2 + 3);
        const auto count = wait(exporter.run(request));
        VERIFY_OK(count);
        QCOMPARE(*count, chat::ChatExport::pageSize * 2 + 10);
        QCOMPARE(progress.size(), 3);
        QCOMPARE(progress.last().at(0), progress.last().at(1));
        const QJsonArray messages =
            QJsonDocument::fromJson(bytesOf(request.path)).object().value(QStringLiteral("messages")).toArray();
        QCOMPARE(messages.size(), *count);
        for (int i = 7; i < messages.size(); ++i)
            QCOMPARE(messages[i].toObject().value(QStringLiteral("body")).toString(),
                     QStringLiteral("more %1").arg(i - 7));
    }

    /// What was there stays, and nothing else is left.
    void cancelLeavesNothing()
    {
        chat::ChatExport exporter(*m_store);
        const auto request = requestFor(Format::Html, chat::ChatExport::pageSize * 5);
        put(request.path, "what was there");
        {
            std::optional<Result<qint64>> result;
            base::Scope scope;
            QSignalSpy progress(&exporter, &chat::ChatExport::progress);
            scope.run(keep(exporter.run(request), &result));
            QVERIFY(QTest::qWaitFor([&] { return !progress.isEmpty(); }, 60000));
            QVERIFY(!result);
        }
        QTRY_COMPARE_WITH_TIMEOUT(filesHere(), QStringList{QStringLiteral("chat")}, 60000);
        QCOMPARE(bytesOf(request.path), QByteArray("what was there"));
    }

    void whatCannotBeWritten()
    {
        chat::ChatExport exporter(*m_store);
        auto request = requestFor(Format::Html);
        request.path = m_dir->filePath(QStringLiteral("not/there/chat.html"));
        const auto nowhere = wait(exporter.run(request));
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().kind, Error::Kind::Storage);
        QCOMPARE(nowhere.error().condition, QStringLiteral("storage-failed"));
    }

    /// A file that can get no larger, as on a full disk.
    void fullDiskLeavesNothing()
    {
        chat::ChatExport exporter(*m_store);
        const auto request = requestFor(Format::Html, chat::ChatExport::pageSize * 5);
        put(request.path, "what was there");
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit small = before;
        small.rlim_cur = 16384;
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto count = wait(exporter.run(request));
        (void)setrlimit(RLIMIT_FSIZE, &before);
        (void)std::signal(SIGXFSZ, handler);
        QVERIFY(!count);
        QCOMPARE(count.error().kind, Error::Kind::Storage);
        QTRY_COMPARE_WITH_TIMEOUT(filesHere(), QStringList{QStringLiteral("chat")}, 60000);
        QCOMPARE(bytesOf(request.path), QByteArray("what was there"));
    }

private:
    chat::exportformats::Request requestFor(Format format, int more = 0)
    {
        chat::exportformats::Request request;
        const auto chat = m_isEmpty ? wait(m_store->write(openEmpty)) : wait(m_store->write(FillChat{more}));
        const qint64 id = chat.value();
        request.chat =
            *wait(m_store->read([id](store::Reader &reader) { return reader.conversations().byId(id); })).value();
        request.format = format;
        request.path = m_dir->filePath(QStringLiteral("chat"));
        request.ownName = QStringLiteral("Romeo");
        request.otherName = QStringLiteral("Juliet");
        request.now = at(1000);
        request.words.title = QStringLiteral("Chat with Juliet");
        request.words.exported = QStringLiteral("Exported");
        request.words.edited = QStringLiteral("edited");
        request.words.before = QStringLiteral("Before, since %1: %2");
        request.words.deleted = QStringLiteral("This was deleted.");
        request.words.answer = QStringLiteral("In reply to %1: %2");
        request.words.reactions = QStringLiteral("Reactions: %1");
        request.words.file = QStringLiteral("File: %1");
        request.words.isRightToLeft = m_rightToLeft;
        return request;
    }
    static Result<qint64> openEmpty(store::Transaction &transaction)
    {
        if (auto put = transaction.accounts().put({own, true, {}}); !put)
            return fail(put.error());
        return transaction.conversations().open(own, peer);
    }
    QByteArray written(Format format)
    {
        chat::ChatExport exporter(*m_store);
        const auto request = requestFor(format);
        const auto count = wait(exporter.run(request));
        if (!count)
            QTest::qFail(qPrintable(count.error().detail), __FILE__, __LINE__);
        return bytesOf(request.path);
    }
    static QByteArray bytesOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void put(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            QTest::qFail("no file", __FILE__, __LINE__);
    }
    QStringList filesHere() const { return QDir(m_dir->path()).entryList(QDir::Files | QDir::Hidden); }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<store::Store> m_store;
    bool m_rightToLeft = false;
    bool m_isEmpty = false;
};

BALCONY_TEST(TestChatExport)
#include "tst_chatexport.moc"
