// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/resolver.h"
#include "support/testmain.h"

#include <map>

using net::Destination;
using net::SrvRecord;
using net::Target;
using net::TlsMode;

namespace {

/// Answers in turn from a list, each taken as the low bytes of a draw.
class Numbers final : public Random
{
public:
    QByteArray bytes(int count) override
    {
        QByteArray result(count, '\0');
        const quint64 value = next < values.size() ? values[next++] : seed++;
        std::memcpy(result.data(), &value, std::min<size_t>(sizeof value, size_t(count)));
        return result;
    }
    std::vector<quint64> values;
    size_t next = 0;
    quint64 seed = 0;
};

/// Calls nothing until told how much time has passed.
class HandClock final : public Clock
{
public:
    QDateTime now() const override { return QDateTime::fromMSecsSinceEpoch(m_time.count(), Qt::UTC); }
    std::chrono::milliseconds monotonic() const override { return m_time; }
    Timer after(std::chrono::milliseconds delay, std::function<void()> f) override
    {
        auto alarm = std::make_shared<Alarm>(Alarm{m_time + delay, std::move(f)});
        m_alarms.push_back(alarm);
        return Timer(alarm);
    }
    Timer every(std::chrono::milliseconds, std::function<void()>) override { return {}; }
    void pass(std::chrono::milliseconds time)
    {
        m_time += time;
        for (const auto &weak : std::exchange(m_alarms, {})) {
            const auto alarm = weak.lock();
            if (alarm && alarm->due <= m_time)
                alarm->f();
            else if (alarm)
                m_alarms.push_back(weak);
        }
    }

private:
    struct Alarm {
        std::chrono::milliseconds due;
        std::function<void()> f;
    };
    std::chrono::milliseconds m_time{0};
    std::vector<std::weak_ptr<Alarm>> m_alarms;
};

class FakeLookup final : public net::Lookup
{
public:
    Task<Result<std::vector<SrvRecord>>> services(QString name) override
    {
        asked.append(name);
        if (silent) {
            const Later<bool> never;
            co_await never;
        }
        if (broken)
            co_return fail(Error::Kind::Network, QStringLiteral("dns-failed"), QStringLiteral("SERVFAIL"));
        co_return records[name];
    }
    Task<Result<QList<QHostAddress>>> addresses(QString) override
    {
        const Later<bool> never;
        co_await never;
        co_return QList<QHostAddress>{};
    }
    std::map<QString, std::vector<SrvRecord>> records;
    QStringList asked;
    bool silent = false;
    bool broken = false;
};

const QString plainName = QStringLiteral("_xmpp-client._tcp.verona.test");
const QString directName = QStringLiteral("_xmpps-client._tcp.verona.test");

Task<void> resolveInto(net::Resolver &resolver, Destination destination,
                       std::optional<Result<std::vector<Target>>> &place)
{
    place = co_await resolver.resolve(destination);
}
Task<void> addressesInto(net::Resolver &resolver, QString host, std::optional<Result<QList<QHostAddress>>> &place)
{
    place = co_await resolver.addresses(host);
}

SrvRecord record(const char *host, quint16 priority, quint16 weight, quint16 port = 5222)
{
    return {QString::fromLatin1(host), port, priority, weight};
}

} // namespace

/// SRV records, their order, and what is done without them.
class tst_resolver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_lookup = FakeLookup(); }
    void priorities();
    void weights();
    void weightZeroKeepsAChance();
    void dotIsLeftOut();
    void tooManyRecordsAreCut();
    void bothServicesAreMerged();
    void modesAskForTheirService();
    void notOffered();
    void fallsBack();
    void silenceFallsBackAfterFiveSeconds();
    void overridesSkipDns();
    void targetsAreALabels();
    void addressQuestionTimesOut();
    void systemKnowsLiteralsAndLocalhost();

private:
    std::vector<Target> resolved(Destination destination)
    {
        std::optional<Result<std::vector<Target>>> answer;
        Scope scope;
        scope.run(resolveInto(m_resolver, destination, answer));
        return answer && *answer ? **answer : std::vector<Target>{};
    }
    Destination verona(TlsMode mode = TlsMode::Automatic) const { return {QStringLiteral("verona.test"), {}, 0, mode}; }

    Numbers m_random;
    HandClock m_clock;
    FakeLookup m_lookup;
    net::SystemResolver m_resolver{m_lookup, m_clock, m_random};
};

void tst_resolver::priorities()
{
    const auto ordered = net::order({record("c", 20, 0), record("a", 5, 1), record("b", 10, 60000)}, m_random);
    QCOMPARE(ordered.size(), size_t(3));
    QCOMPARE(ordered[0].target, QStringLiteral("a"));
    QCOMPARE(ordered[1].target, QStringLiteral("b"));
    QCOMPARE(ordered[2].target, QStringLiteral("c"));
}

void tst_resolver::weights()
{
    // RFC 2782: running sums 10, 40, 100; a draw of 10 takes the first, 11 the second, 41 the third.
    const std::vector<SrvRecord> records{record("a", 1, 10), record("b", 1, 30), record("c", 1, 60)};
    for (const auto &[drawn, first] : std::map<quint64, QString>{{10, QStringLiteral("a")},
                                                                 {11, QStringLiteral("b")},
                                                                 {40, QStringLiteral("b")},
                                                                 {41, QStringLiteral("c")}}) {
        Numbers numbers;
        numbers.values = {drawn};
        QCOMPARE(net::order(records, numbers).front().target, first);
    }
    // Over all possible draws each comes first about as often as its weight says.
    std::map<QString, int> count;
    for (quint64 drawn = 0; drawn <= 100; ++drawn) {
        Numbers numbers;
        numbers.values = {drawn};
        ++count[net::order(records, numbers).front().target];
    }
    QCOMPARE(count[QStringLiteral("a")], 11);
    QCOMPARE(count[QStringLiteral("b")], 30);
    QCOMPARE(count[QStringLiteral("c")], 60);
}

void tst_resolver::weightZeroKeepsAChance()
{
    const std::vector<SrvRecord> records{record("heavy", 1, 10), record("zero", 1, 0)};
    Numbers numbers;
    numbers.values = {0};
    QCOMPARE(net::order(records, numbers).front().target, QStringLiteral("zero"));
    numbers = {};
    numbers.values = {1};
    QCOMPARE(net::order(records, numbers).front().target, QStringLiteral("heavy"));
    QCOMPARE(net::order({record("a", 0, 65535), record("b", 0, 65535)}, numbers).size(), size_t(2));
}

void tst_resolver::dotIsLeftOut()
{
    QVERIFY(net::order({record(".", 0, 0), record("", 0, 0)}, m_random).empty());
}

void tst_resolver::tooManyRecordsAreCut()
{
    QCOMPARE(net::order(std::vector<SrvRecord>(2000, record("a", 1, 1)), m_random).size(), size_t(16));
}

void tst_resolver::bothServicesAreMerged()
{
    m_lookup.records[plainName] = {record("plain1.test", 5, 0), record("plain2.test", 15, 0)};
    m_lookup.records[directName] = {record("direct.test", 10, 0, 443)};
    const std::vector<Target> expected{{QStringLiteral("plain1.test"), 5222, false},
                                       {QStringLiteral("direct.test"), 443, true},
                                       {QStringLiteral("plain2.test"), 5222, false}};
    QVERIFY(resolved(verona()) == expected);
    QCOMPARE(m_lookup.asked, (QStringList{plainName, directName}));
}

void tst_resolver::modesAskForTheirService()
{
    m_lookup.records[plainName] = {record("plain.test", 5, 0)};
    m_lookup.records[directName] = {record("direct.test", 10, 0, 443)};
    QVERIFY(resolved(verona(TlsMode::Direct)) == (std::vector<Target>{{QStringLiteral("direct.test"), 443, true}}));
    QCOMPARE(m_lookup.asked, QStringList{directName});
    QVERIFY(resolved(verona(TlsMode::StartTls)) == (std::vector<Target>{{QStringLiteral("plain.test"), 5222, false}}));
}

void tst_resolver::notOffered()
{
    m_lookup.records[plainName] = {record(".", 0, 0)};
    m_lookup.records[directName] = {record("", 0, 0)};
    std::optional<Result<std::vector<Target>>> answer;
    Scope scope;
    scope.run(resolveInto(m_resolver, verona(), answer));
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().kind, Error::Kind::Network);
    QCOMPARE(answer->error().condition, QStringLiteral("service-not-offered"));
    // One of both refused: the other serves.
    m_lookup.records[directName] = {record("direct.test", 0, 0, 5223)};
    QVERIFY(resolved(verona()) == (std::vector<Target>{{QStringLiteral("direct.test"), 5223, true}}));
}

void tst_resolver::fallsBack()
{
    const QString domain = QStringLiteral("verona.test");
    QVERIFY(resolved(verona()) == (std::vector<Target>{{domain, 5222, false}, {domain, 5223, true}}));
    QVERIFY(resolved(verona(TlsMode::StartTls)) == (std::vector<Target>{{domain, 5222, false}}));
    QVERIFY(resolved(verona(TlsMode::Direct)) == (std::vector<Target>{{domain, 5223, true}}));
    m_lookup.broken = true;
    QVERIFY(resolved(verona()) == (std::vector<Target>{{domain, 5222, false}, {domain, 5223, true}}));
}

void tst_resolver::silenceFallsBackAfterFiveSeconds()
{
    m_lookup.silent = true;
    std::optional<Result<std::vector<Target>>> answer;
    Scope scope;
    scope.run(resolveInto(m_resolver, verona(), answer));
    m_clock.pass(std::chrono::milliseconds(4999));
    QVERIFY(!answer);
    m_clock.pass(std::chrono::milliseconds(1));
    QVERIFY(answer && *answer);
    QCOMPARE((*answer)->size(), size_t(2));
}

void tst_resolver::overridesSkipDns()
{
    const QString domain = QStringLiteral("verona.test");
    QVERIFY(resolved({domain, QStringLiteral("im.test"), 0, TlsMode::StartTls})
            == (std::vector<Target>{{QStringLiteral("im.test"), 5222, false}}));
    QVERIFY(resolved({domain, {}, 7000, TlsMode::Automatic}) == (std::vector<Target>{{domain, 7000, false}}));
    QVERIFY(resolved({domain, {}, 7000, TlsMode::Direct}) == (std::vector<Target>{{domain, 7000, true}}));
    QVERIFY(resolved({domain, {}, 443, TlsMode::Automatic}) == (std::vector<Target>{{domain, 443, true}}));
    QVERIFY(resolved({domain, {}, 5223, TlsMode::StartTls}) == (std::vector<Target>{{domain, 5223, false}}));
    QCOMPARE(resolved({QStringLiteral("127.0.0.1"), {}, 0, TlsMode::Automatic}).size(), size_t(2));
    QVERIFY(m_lookup.asked.isEmpty());
}

void tst_resolver::targetsAreALabels()
{
    m_lookup.records[plainName] = {{QStringLiteral("b\u00fccher.test."), 5222, 0, 0}};
    QCOMPARE(resolved(verona()).at(0).host, QStringLiteral("xn--bcher-kva.test"));
    QCOMPARE(
        resolved({QStringLiteral("verona.test"), QStringLiteral("B\u00dcCHER.test"), 1, TlsMode::Direct}).at(0).host,
        QStringLiteral("xn--bcher-kva.test"));
}

void tst_resolver::addressQuestionTimesOut()
{
    std::optional<Result<QList<QHostAddress>>> answer;
    Scope scope;
    scope.run(addressesInto(m_resolver, QStringLiteral("verona.test"), answer));
    QVERIFY(!answer);
    m_clock.pass(std::chrono::seconds(5));
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().condition, QStringLiteral("dns-failed"));
    QCOMPARE(answer->error().kind, Error::Kind::Network);
}

void tst_resolver::systemKnowsLiteralsAndLocalhost()
{
    net::SystemLookup lookup;
    net::SystemResolver resolver(lookup, m_clock, m_random);
    std::optional<Result<QList<QHostAddress>>> answer;
    Scope scope;
    scope.run(addressesInto(resolver, QStringLiteral("::1"), answer));
    QVERIFY(answer && *answer);
    QCOMPARE(**answer, QList<QHostAddress>{QHostAddress(QHostAddress::LocalHostIPv6)});
    answer.reset();
    scope.run(addressesInto(resolver, QStringLiteral("localhost"), answer));
    QTRY_VERIFY(answer);
    QVERIFY(*answer && (**answer).contains(QHostAddress(QHostAddress::LocalHost)));
}

BALCONY_TEST(tst_resolver)
#include "tst_resolver.moc"
