// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/decoder.h"

#include "media/pictures.h"
#include "support/manualclock.h"
#include "support/testmain.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QImageReader>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

using namespace media;
using namespace tests::pictures;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60000; // ms

const QString realProgram = QStringLiteral(BALCONY_DECODER_PROGRAM);
const QString fakeProgram = QStringLiteral(BALCONY_FAKE_DECODER);

/// A whole picture that tells the fake what to do.
QByteArray order(const QByteArray &what)
{
    return pngWith(saved(colourful(4, 4), "png"), pngChunk("tEXt", QByteArray("a\0", 2) + "do: " + what));
}

QImage imageOf(const Picture &picture)
{
    return QImage(reinterpret_cast<const uchar *>(picture.pixels.constData()), picture.scaled.width(),
                  picture.scaled.height(), picture.stride, QImage::Format_ARGB32_Premultiplied)
        .copy();
}

/// JPEG is not exact.
bool isNear(const QImage &a, const QImage &b)
{
    if (a.size() != b.size())
        return false;
    qint64 sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
            sum += qAbs(qRed(p) - qRed(q)) + qAbs(qGreen(p) - qGreen(q)) + qAbs(qBlue(p) - qBlue(q));
        }
    }
    return sum / (qint64(a.width()) * a.height() * 3) < 8;
}

template<class T>
struct Asked {
    std::optional<Result<T>> answer;
    Scope scope;

    explicit Asked(Task<Result<T>> task) { scope.run(base::detail::keep(std::move(task), &answer)); }
    /// In a loop that never pauses, as that of a program: qWaitFor() does, between any two pieces of an answer.
    bool wait()
    {
        QEventLoop loop;
        QTimer look;
        connectLook(look, loop);
        QTimer::singleShot(patience, &loop, &QEventLoop::quit);
        if (!answer)
            loop.exec();
        return answer.has_value();
    }
    void connectLook(QTimer &look, QEventLoop &loop)
    {
        QObject::connect(&look, &QTimer::timeout, &loop, [this, &loop] {
            if (answer)
                loop.quit();
        });
        look.start(1);
    }
    bool isGood() { return wait() && answer->has_value(); }
    Error error() { return wait() && !answer->has_value() ? answer->error() : Error{}; }
    QString condition() { return error().condition; }
};

} // namespace

/// F14: pictures are decoded elsewhere, and that may go wrong.
class TestDecoder : public QObject
{
    Q_OBJECT

    tests::ManualClock m_clock;

private Q_SLOTS:
    void decodes()
    {
        Decoder decoder(m_clock, realProgram);
        const QImage image = colourful(400, 300);
        Asked<Picture> png(decoder.picture(saved(image, "png"), {}));
        QVERIFY(png.isGood());
        QCOMPARE((*png.answer)->size, QSize(400, 300));
        QCOMPARE((*png.answer)->scaled, QSize(400, 300));
        QCOMPARE(imageOf(**png.answer).convertToFormat(QImage::Format_RGB32), image);
        Asked<Picture> small(decoder.picture(saved(image, "jpeg"), {100, 100}));
        QVERIFY(small.isGood());
        QCOMPARE((*small.answer)->size, QSize(400, 300));
        QCOMPARE((*small.answer)->scaled, QSize(100, 75));
        QVERIFY(
            isNear(imageOf(**small.answer), image.scaled(100, 75, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)));
        Asked<Picture> moving(decoder.picture(gif(gifFrame() + gifFrame()), {100, 100}));
        QVERIFY(moving.isGood());
        QVERIFY((*moving.answer)->animated);
        QCOMPARE((*moving.answer)->scaled, QSize(1, 1));
        Asked<Picture> web(decoder.picture(webp(webpChunk("VP8L", onePixelVp8l())), {100, 100}));
        QVERIFY2(web.isGood(), "the package qt6-image-formats-plugins is missing");
        QCOMPARE(decoder.processes(), size_t(1));
    }

    void decodesLarge()
    {
        Decoder decoder(m_clock, realProgram);
        QImage image(5000, 4000, QImage::Format_RGB32);
        image.fill(0xff336699);
        Asked<Picture> asked(decoder.picture(saved(image, "jpeg"), {1000, 1000}));
        Asked<Picture> beyond(decoder.picture(saved(image, "jpeg"), {}));
        QVERIFY(asked.isGood());
        QCOMPARE((*asked.answer)->scaled, QSize(1000, 800));
        QVERIFY(beyond.isGood());
        const QSize most = (*beyond.answer)->scaled;
        QVERIFY(most.width() < 5000 && qint64(most.width()) * most.height() <= 16 * 1024 * 1024);
    }

    void turns_data()
    {
        QTest::addColumn<int>("orientation");
        for (int orientation = 1; orientation <= 8; ++orientation)
            QTest::newRow(qPrintable(QString::number(orientation))) << orientation;
    }
    /// As Qt turns a JPEG, and the same for PNG, where Qt does not.
    void turns()
    {
        QFETCH(int, orientation);
        Decoder decoder(m_clock, realProgram);
        QByteArray jpeg = saved(colourful(64, 32), "jpeg", 100);
        jpeg.insert(20, jpegSegment('\xe1', QByteArray("Exif\0\0", 6) + orientationTiff(orientation)));
        QBuffer buffer(&jpeg);
        QImageReader reader(&buffer, "jpeg");
        reader.setAutoTransform(true);
        const QImage expected = reader.read();
        Asked<Picture> asked(decoder.picture(jpeg, {}));
        QVERIFY(asked.isGood());
        QCOMPARE((*asked.answer)->size, expected.size());
        QVERIFY(isNear(imageOf(**asked.answer), expected));
        const QByteArray png = saved(colourful(64, 32), "png");
        Asked<Picture> other(decoder.picture(pngWith(png, pngChunk("eXIf", orientationTiff(orientation))), {}));
        QVERIFY(other.isGood());
        QVERIFY(isNear(imageOf(**other.answer), expected));
        Asked<Picture> small(decoder.picture(jpeg, {16, 16}));
        QVERIFY(small.isGood());
        QCOMPARE((*small.answer)->scaled, expected.size() / 4);
    }

    void encodes()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a photo"));
        QImage image = colourful(800, 600);
        image.setText(QStringLiteral("Comment"), QStringLiteral("GPS of Mercutio"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(saved(image, "png"));
        file.close();
        QVERIFY(saved(image, "png").contains("Mercutio"));
        Decoder decoder(m_clock, realProgram);
        Asked<Encoded> jpeg(decoder.encode(path, {400, 400}));
        QVERIFY(jpeg.isGood());
        QCOMPARE((*jpeg.answer)->type, QStringLiteral("image/jpeg"));
        QCOMPARE((*jpeg.answer)->size, QSize(400, 300));
        QCOMPARE((*jpeg.answer)->original, QSize(800, 600));
        QCOMPARE(QImage::fromData((*jpeg.answer)->bytes).size(), QSize(400, 300));
        QVERIFY(!(*jpeg.answer)->bytes.contains("Mercutio"));
        EncodeOptions options;
        options.format = EncodeOptions::Format::Png;
        Asked<Encoded> png(decoder.encode(path, {}, options));
        QVERIFY(png.isGood());
        QCOMPARE((*png.answer)->size, QSize(800, 600));
        QVERIFY(!(*png.answer)->bytes.contains("Mercutio"));
        QImage clear(50, 50, QImage::Format_ARGB32);
        clear.fill(Qt::transparent);
        Asked<Encoded> through(decoder.encode(saved(clear, "png"), {}));
        QVERIFY(through.isGood());
        QCOMPARE((*through.answer)->type, QStringLiteral("image/png"));
        options.format = EncodeOptions::Format::Jpeg;
        Asked<Encoded> white(decoder.encode(saved(clear, "png"), {}, options));
        QVERIFY(white.isGood());
        QCOMPARE(QImage::fromData((*white.answer)->bytes).pixel(3, 3), qRgb(255, 255, 255));
        Asked<Encoded> thumbnail(decoder.thumbnail(path));
        QVERIFY(thumbnail.isGood());
        QCOMPARE((*thumbnail.answer)->size, QSize(128, 96));
        QVERIFY((*thumbnail.answer)->bytes.size() <= qsizetype(Decoder::thumbnailBytes));
    }

    void refuses()
    {
        QTemporaryDir folder;
        Decoder decoder(m_clock, realProgram);
        Asked<Picture> bomb(decoder.picture(claimingPng(60'000, 60'000), {100, 100}));
        QCOMPARE(bomb.condition(), QStringLiteral("image-too-large"));
        Asked<Picture> svg(decoder.picture(QByteArray("<svg/>"), {100, 100}));
        QCOMPARE(svg.condition(), QStringLiteral("image-type-unsupported"));
        Asked<Picture> avatar(decoder.picture(claimingPng(2'000, 2'001), {100, 100}, mostAvatarPixels));
        QCOMPARE(avatar.condition(), QStringLiteral("image-too-large"));
        Asked<Picture> missing(decoder.picture(folder.filePath(QStringLiteral("none")), {100, 100}));
        QCOMPARE(missing.condition(), QStringLiteral("not-a-file"));
        Asked<Picture> itself(decoder.picture(folder.path(), {100, 100}));
        QCOMPARE(itself.condition(), QStringLiteral("not-a-file"));
        QCOMPARE(decoder.processes(), size_t(0)); // all of that is seen before one is needed
        Asked<Picture> damaged(decoder.picture(claimingPng(5'000, 5'000), {100, 100}));
        QVERIFY(!damaged.isGood());
        QCOMPARE(damaged.error().kind, Error::Kind::Input);
        Asked<Picture> after(decoder.picture(saved(colourful(9, 9), "png"), {}));
        QVERIFY(after.isGood());
    }

    void needsItsProgram()
    {
        Decoder decoder(m_clock, QStringLiteral("/nowhere/balcony-decoder"));
        Asked<Picture> asked(decoder.picture(saved(colourful(9, 9), "png"), {}));
        QCOMPARE(asked.error().kind, Error::Kind::Unsupported);
        QCOMPARE(asked.condition(), QStringLiteral("no-decoder"));
    }

    void survives_data()
    {
        QTest::addColumn<QByteArray>("what");
        for (const char *what : {"crash", "half", "long", "endless", "wide", "huge"})
            QTest::newRow(what) << QByteArray(what);
    }
    /// It crashes or lies: one job fails, the next one has another process.
    void survives()
    {
        QFETCH(QByteArray, what);
        Decoder decoder(m_clock, fakeProgram);
        Asked<Picture> bad(decoder.picture(order(what), {4, 4}));
        Asked<Picture> good(decoder.picture(order("well"), {4, 4}));
        QCOMPARE(bad.condition(), QStringLiteral("image-undecodable"));
        QCOMPARE(bad.error().kind, Error::Kind::Input);
        QVERIFY(good.isGood());
        QTRY_COMPARE_WITH_TIMEOUT(decoder.processes(), size_t(1), patience);
    }

    /// What it says without being asked ends it.
    void survivesMore()
    {
        Decoder decoder(m_clock, fakeProgram);
        Asked<Picture> asked(decoder.picture(order("more"), {4, 4}));
        QVERIFY(asked.isGood());
        QTRY_COMPARE_WITH_TIMEOUT(decoder.processes(), size_t(0), patience);
    }

    void liesAboutTypes()
    {
        Decoder decoder(m_clock, fakeProgram);
        Asked<Encoded> asked(decoder.encode(order("well"), {4, 4}));
        QCOMPARE(asked.condition(), QStringLiteral("image-undecodable"));
    }

    void endsWhatHangs()
    {
        Decoder decoder(m_clock, fakeProgram);
        Asked<Picture> first(decoder.picture(order("well"), {4, 4}));
        QVERIFY(first.isGood());
        Asked<Picture> hangs(decoder.picture(order("hang"), {4, 4}));
        QCOMPARE(decoder.processes(), size_t(1));
        m_clock.advance(Decoder::deadline - 1ms);
        QVERIFY(!hangs.answer);
        m_clock.advance(1ms);
        QCOMPARE(hangs.condition(), QStringLiteral("image-undecodable"));
        QCOMPARE(hangs.error().kind, Error::Kind::Timeout);
        QTRY_COMPARE_WITH_TIMEOUT(decoder.processes(), size_t(0), patience);
        Asked<Picture> next(decoder.picture(order("well"), {4, 4}));
        QVERIFY(next.isGood());
    }

    void ends()
    {
        Decoder decoder(m_clock, realProgram);
        Asked<Picture> asked(decoder.picture(saved(colourful(9, 9), "png"), {}));
        QVERIFY(asked.isGood());
        m_clock.advance(Decoder::idleTime - 1ms);
        QCOMPARE(decoder.processes(), size_t(1));
        m_clock.advance(1ms);
        QTRY_COMPARE_WITH_TIMEOUT(decoder.processes(), size_t(0), patience);
    }

    void cancels()
    {
        Decoder decoder(m_clock, fakeProgram);
        std::optional<Asked<Picture>> one, two, three;
        one.emplace(decoder.picture(order("hang"), {4, 4}));
        two.emplace(decoder.picture(order("hang"), {4, 4}));
        three.emplace(decoder.picture(order("hang"), {4, 4}));
        QCOMPARE(decoder.waiting(), size_t(1));
        three.reset(); // one that waits is forgotten
        QCOMPARE(decoder.waiting(), size_t(0));
        Asked<Picture> four(decoder.picture(order("well"), {4, 4}));
        one.reset(); // one that is at work gets a moment only
        m_clock.advance(Decoder::cancelTime);
        QVERIFY(four.isGood());
        QVERIFY(!two->answer);
    }

    void hasAQueue()
    {
        Decoder decoder(m_clock, fakeProgram);
        std::list<Asked<Picture>> all;
        for (size_t i = 0; i < Decoder::mostAtOnce + Decoder::mostWaiting; ++i)
            all.emplace_back(decoder.picture(order("hang"), {4, 4}));
        QCOMPARE(decoder.waiting(), Decoder::mostWaiting);
        QCOMPARE(decoder.processes(), Decoder::mostAtOnce);
        Asked<Picture> more(decoder.picture(order("well"), {4, 4}));
        QCOMPARE(more.condition(), QStringLiteral("decoder-busy"));
        QCOMPARE(more.error().kind, Error::Kind::Unsupported);
    }

    /// Whoever gets an answer may delete all of it.
    void mayGoWithAnAnswer()
    {
        auto decoder = std::make_unique<Decoder>(m_clock, fakeProgram);
        struct Run {
            static Task<void> go(std::unique_ptr<Decoder> *decoder, bool *done)
            {
                auto task = (*decoder)->picture(order("well"), {4, 4});
                const auto answer = co_await std::move(task);
                decoder->reset();
                *done = answer.has_value();
            }
        };
        Scope scope;
        bool done = false;
        scope.run(Run::go(&decoder, &done));
        QTRY_VERIFY_WITH_TIMEOUT(done, patience);
        Decoder other(m_clock, fakeProgram);
        Asked<Picture> asked(other.picture(order("hang"), {4, 4})); // and may go while it waits
    }

#ifdef Q_OS_LINUX
    /// The same walls around a program that tries to get out.
    void cannotGetOut()
    {
        const auto run = [](const QStringList &arguments) {
            QProcess process;
            process.start(QStringLiteral(BALCONY_SANDBOX_PROBE), arguments);
            const bool isOver =
                QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, patience);
            return isOver ? process.readAllStandardOutput() : QByteArray("never ended");
        };
        QCOMPARE(run({}), QByteArray("thread\nmemory\n"));
        QCOMPARE(run({QStringLiteral("open")}),
                 QByteArray("read\nwrite\nsocket\nlocal socket\nfork\nspawn\ncode\nunlink\nthread\nmemory\n"));
    }

    /// The real one stands behind them.
    void isConfined()
    {
        Decoder decoder(m_clock, realProgram);
        Asked<Picture> asked(decoder.picture(saved(colourful(9, 9), "png"), {}));
        QVERIFY(asked.isGood());
        QByteArray status;
        const QStringList all = QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs);
        for (const QString &each : all) {
            QFile file(QStringLiteral("/proc/%1/status").arg(each));
            const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
            if (text.startsWith("Name:\tbalcony-decoder")
                && text.contains("\nPPid:\t" + QByteArray::number(QCoreApplication::applicationPid()) + '\n'))
                status = text;
        }
        QVERIFY(status.contains("\nNoNewPrivs:\t1"));
        QVERIFY(status.contains("\nSeccomp:\t2"));
    }
#endif
};

BALCONY_TEST(TestDecoder)
#include "tst_decoder.moc"
