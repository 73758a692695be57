// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/errortext.h"
#include "ui/language.h"

#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

#include <array>

namespace {

using Kind = base::Error::Kind;

constexpr std::array kinds{Kind::Cancelled, Kind::Timeout, Kind::Network, Kind::Tls,
                           Kind::Auth,      Kind::Stream,  Kind::Stanza,  Kind::Protocol,
                           Kind::Storage,   Kind::Secret,  Kind::Input,   Kind::Unsupported};

const QString mark = QStringLiteral("what the peer said");

QString textOf(Kind kind, const QString &condition)
{
    return ui::errorText({kind, condition, mark});
}

/// A sentence of the condition's own quotes nobody.
bool hasOwn(Kind kind, const QString &condition)
{
    return !textOf(kind, condition).contains(mark);
}

QString sources()
{
    return QStringLiteral(QT_TESTCASE_SOURCEDIR "/../app");
}

QString withoutComments(QString code)
{
    static const QRegularExpression comment(QStringLiteral(R"re(//[^\n]*|/\*.*?\*/)re"),
                                            QRegularExpression::DotMatchesEverythingOption);
    return code.remove(comment);
}

void collect(const QString &code, const QString &pattern, QSet<QString> *words)
{
    auto matches = QRegularExpression(pattern, QRegularExpression::DotMatchesEverythingOption).globalMatch(code);
    while (matches.hasNext())
        words->insert(matches.next().captured(1));
}

/// All conditions that `code` can make: written beside a kind, or given to a function whose first parameter is one.
/// `helpers` are such functions of headers.
QSet<QString> conditionsIn(const QString &code, const QSet<QString> &helpers)
{
    const QString literal =
        QStringLiteral(R"re((?:QStringLiteral\(|QLatin1String\(|u)?\x22([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\x22)re");
    QSet<QString> words;
    collect(code, QStringLiteral(R"re(\bError::Kind::\w+\s*,\s*)re") + literal, &words);
    collect(code, QStringLiteral(R"re(\bcondition\s*=\s*)re") + literal, &words);
    QSet<QString> own = helpers;
    collect(
        code,
        QStringLiteral(
            R"re((\w+)\s*(?:=\s*\[[^\]]*\]\s*)?\(\s*(?:const\s+)?(?:QString\s*&|char\s*\*|std::string_view\s+|QLatin1String\s+)\s*condition\b)re"),
        &own);
    for (const QString &helper : std::as_const(own))
        collect(code, QStringLiteral(R"re(\b%1\(\s*)re").arg(helper) + literal, &words);
    // Chosen by a condition: refuse(a ? "x" : "y", ...)
    for (const QString &helper : std::as_const(own)) {
        collect(code, QStringLiteral(R"re(\b%1\([^;\x22]*\?\s*)re").arg(helper) + literal, &words);
        collect(code, QStringLiteral(R"re(\b%1\([^;\x22]*\?\s*\x22[^\x22]*\x22\s*:\s*)re").arg(helper) + literal,
                &words);
    }
    return words;
}

} // namespace

/// Every error has a sentence for people, in each language.
class TestErrorText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::installTranslators(*qApp, QStringLiteral("en"), QString()); }

    /// The scanner is not blind: it finds what is known to be there, in each way of writing.
    void scans()
    {
        const QSet<QString> words = allConditions();
        for (const char *known :
             {"disk-full", "host-unknown", "connection-refused", "certificate-name-mismatch", "not-authorized",
              "offline", "account-exists", "keychain-unavailable", "empty-message", "unsupported-encoding",
              "weak-iterations", "restricted-xml", "profile-in-use"})
            QVERIFY2(words.contains(QLatin1String(known)), known);
        QVERIFY2(words.size() > 70, qPrintable(QString::number(words.size())));
    }

    void everyConditionHasItsSentence()
    {
        QStringList without;
        const QSet<QString> words = allConditions();
        for (const QString &word : words) {
            // Under which kind it comes is the sources' matter: one of them has to know it.
            if (std::none_of(kinds.begin(), kinds.end(), [&word](Kind kind) { return hasOwn(kind, word); }))
                without.append(word);
        }
        QVERIFY2(without.isEmpty(), qPrintable(QStringLiteral("no sentence for: ") + without.join(u' ')));
    }

    /// What servers may say is not in our sources (RFC 6120 4.9.3, 6.5, 8.3.3).
    void conditionsOfTheProtocol_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QStringList>("conditions");
        QTest::newRow("stream")
            << int(Kind::Stream)
            << QStringLiteral("bad-format bad-namespace-prefix conflict connection-timeout host-gone host-unknown "
                              "improper-addressing internal-server-error invalid-from invalid-namespace invalid-xml "
                              "not-authorized not-well-formed policy-violation remote-connection-failed reset "
                              "resource-constraint restricted-xml see-other-host system-shutdown undefined-condition "
                              "unsupported-encoding unsupported-feature unsupported-stanza-type unsupported-version")
                   .split(u' ');
        QTest::newRow("sasl")
            << int(Kind::Auth)
            << QStringLiteral("aborted account-disabled credentials-expired encryption-required incorrect-encoding "
                              "invalid-authzid invalid-mechanism malformed-request mechanism-too-weak not-authorized "
                              "temporary-auth-failure")
                   .split(u' ');
        QTest::newRow("stanza")
            << int(Kind::Stanza)
            << QStringLiteral("bad-request conflict feature-not-implemented forbidden gone internal-server-error "
                              "item-not-found jid-malformed not-acceptable not-allowed not-authorized "
                              "policy-violation recipient-unavailable redirect registration-required "
                              "remote-server-not-found remote-server-timeout resource-constraint service-unavailable "
                              "subscription-required undefined-condition unexpected-request")
                   .split(u' ');
    }

    void conditionsOfTheProtocol()
    {
        QFETCH(int, kind);
        QFETCH(QStringList, conditions);
        QSet<QString> seen;
        for (const QString &condition : conditions) {
            QVERIFY2(hasOwn(Kind(kind), condition), qPrintable(condition));
            QVERIFY2(!seen.contains(textOf(Kind(kind), condition)), qPrintable(condition)); // its own
            seen.insert(textOf(Kind(kind), condition));
        }
    }

    /// Not two conditions share a sentence: a person who reads it to somebody must be understood.
    void sentencesDiffer()
    {
        QMap<QString, QString> owners;
        const QSet<QString> words = allConditions();
        for (const QString &word : words) {
            for (const Kind kind : kinds) {
                if (!hasOwn(kind, word))
                    continue;
                const QString text = textOf(kind, word);
                QVERIFY2(owners.value(text, word) == word, qPrintable(word + u' ' + owners.value(text)));
                owners.insert(text, word);
                QVERIFY2(text.endsWith(u'.') && text.at(0).isUpper(), qPrintable(text));
            }
        }
    }

    void namesThePlace()
    {
        const base::Error error{Kind::Network, QStringLiteral("host-unknown"), {}};
        QVERIFY(ui::errorText(error, QStringLiteral("nowhere.example")).contains(QStringLiteral("nowhere.example")));
        QVERIFY(!ui::errorText(error).contains(QStringLiteral("%1")));
        // The same word means another thing where the server says it.
        QVERIFY(ui::errorText({Kind::Stream, error.condition, {}}) != ui::errorText(error));
    }

    /// Whose certificate, whose word for it, and since when, in the person's own form of dates; in each language.
    void saysWhoseCertificate()
    {
        const QDateTime day(QDate(2031, 3, 9), QTime(12, 0), Qt::UTC);
        const base::CertificateFacts facts{
            QStringLiteral("verona.test %2 <b>"), QStringLiteral("An \u202eauthority"), day.addDays(-90), day, {}};
        for (const char *language : {"en", "zh_CN"}) {
            ui::installTranslators(*qApp, QLatin1String(language), QString());
            for (const char *condition :
                 {"certificate-name-mismatch", "certificate-self-signed", "certificate-unknown-issuer",
                  "certificate-expired", "certificate-not-yet-valid", "certificate-revoked", "certificate-invalid",
                  "own-certificate-expired", "own-certificate-not-yet-valid"}) {
                const Kind kind = condition[0] == 'o' ? Kind::Secret : Kind::Tls;
                base::Error error{kind, QLatin1String(condition), {}, facts};
                for (const QDateTime &since : {QDateTime(), day}) {
                    error.certificate->since = since;
                    const QString text = ui::errorText(error, QStringLiteral("verona.test"));
                    const QDate shown = (since.isValid() ? since : facts.validFrom).toLocalTime().date();
                    QVERIFY2(text.contains(QLocale().toString(shown, QLocale::LongFormat)), qPrintable(text));
                    QVERIFY2(text.contains(QStringLiteral("verona.test %2 <b>")), qPrintable(text));
                    QVERIFY2(condition[12] == 's' || text.contains(QStringLiteral("authority")), qPrintable(text));
                    QVERIFY(!text.contains(QChar(0x202e)));
                    QVERIFY(!text.contains(QStringLiteral("%1")) && !text.contains(QStringLiteral("%3")));
                }
                error.certificate.reset(); // nothing is known of it
                QVERIFY(!ui::errorText(error).contains(u'%'));
            }
        }
        ui::installTranslators(*qApp, QStringLiteral("en"), QString());
    }

    void quotesWhatItDoesNotKnow()
    {
        for (const Kind kind : kinds) {
            const QString text =
                ui::errorText({kind, QStringLiteral("some-new-thing"), QString::fromUtf8("a <b>bold</b>\n\u202eword")});
            QVERIFY(text.contains(QString::fromUtf8("a <b>bold</b> word"))); // plain, on one line, and in order
            QVERIFY(!text.contains(QChar(0x202e)));
            QVERIFY(text.size() > 40);
        }
        const QString endless(100000, u'x');
        QVERIFY(ui::errorText({Kind::Stanza, QStringLiteral("some-new-thing"), endless}).size() < 500);
        QVERIFY(ui::errorText({Kind::Stanza, QStringLiteral("some-new-thing"), {}})
                    .contains(QStringLiteral("some-new-thing")));
    }

    void speaksChinese()
    {
        ui::installTranslators(*qApp, QStringLiteral("zh_CN"), QString());
        const QString text = ui::errorText({Kind::Storage, QStringLiteral("disk-full"), {}});
        const QString unknown = ui::errorText({Kind::Stanza, QStringLiteral("some-new-thing"), mark});
        ui::installTranslators(*qApp, QStringLiteral("en"), QString());
        QVERIFY(text.contains(QString::fromUtf8("磁盘已满")));
        QVERIFY(unknown.contains(QString::fromUtf8("对方拒绝")) && unknown.contains(mark));
    }

private:
    static QSet<QString> allConditions()
    {
        QMap<QString, QString> files;
        QSet<QString> helpers;
        QDirIterator it(sources(), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QString code = withoutComments(QString::fromUtf8(file.readAll()));
            files.insert(it.filePath(), code);
            if (it.filePath().endsWith(QStringLiteral(".h")))
                collect(code,
                        QStringLiteral(R"re(\bError\s+(\w+)\(\s*const\s+(?:QString\s*&|char\s*\*)\s*condition\b)re"),
                        &helpers);
        }
        QSet<QString> words;
        for (const QString &code : std::as_const(files))
            words.unite(conditionsIn(code, helpers));
        return words;
    }
};

BALCONY_TEST(TestErrorText)
#include "tst_errortext.moc"
