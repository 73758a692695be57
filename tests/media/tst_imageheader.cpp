// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/imageheader.h"

#include "media/pictures.h"
#include "support/testmain.h"

using namespace media;
using namespace tests::pictures;

/// What is known of a picture before anything decodes it.
class TestImageHeader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheFourTypes()
    {
        const QImage image = colourful(40, 30);
        QCOMPARE(readImageHeader(saved(image, "png")), (ImageHeader{ImageType::Png, {40, 30}, 1, false}));
        QCOMPARE(readImageHeader(saved(image, "jpeg")), (ImageHeader{ImageType::Jpeg, {40, 30}, 1, false}));
        QCOMPARE(readImageHeader(gif(gifFrame())), (ImageHeader{ImageType::Gif, {1, 1}, 1, false}));
        QCOMPARE(readImageHeader(webp(webpChunk("VP8L", onePixelVp8l()))),
                 (ImageHeader{ImageType::WebP, {1, 1}, 1, false}));
        const QByteArray lossy =
            QByteArray::fromHex("1000009d012a") + QByteArray::fromHex("28001ec0") + QByteArray(8, 'x');
        QCOMPARE(readImageHeader(webp(webpChunk("VP8 ", lossy))), (ImageHeader{ImageType::WebP, {40, 30}, 1, false}));
    }

    void knowsWhatMoves()
    {
        QVERIFY(readImageHeader(gif(gifFrame() + gifFrame()))->animated);
        const QByteArray repeats = QByteArray("!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", 19);
        QVERIFY(!readImageHeader(gif(repeats + gifFrame()))->animated);
        // Of a part that ends within the first frame.
        QVERIFY(readImageHeader(gif(repeats + gifFrame()).chopped(4))->animated);
        const QByteArray png = saved(colourful(4, 4), "png");
        QVERIFY(readImageHeader(pngWith(png, pngChunk("acTL", big32(2) + big32(0))))->animated);
        QVERIFY(!readImageHeader(pngWith(png, pngChunk("acTL", big32(1) + big32(0))))->animated);
        QVERIFY(readImageHeader(webp(vp8x(0x02, 9, 7)))->animated);
    }

    void turns_data()
    {
        QTest::addColumn<int>("orientation");
        for (int orientation = 1; orientation <= 8; ++orientation)
            QTest::newRow(qPrintable(QString::number(orientation))) << orientation;
    }
    void turns()
    {
        QFETCH(int, orientation);
        const QSize size = orientation > 4 ? QSize(30, 40) : QSize(40, 30);
        const QByteArray tiff = orientationTiff(orientation);
        QByteArray big("MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0", 26);
        big[19] = char(orientation);
        for (const QByteArray &each : {tiff, big}) {
            QByteArray jpeg = saved(colourful(40, 30), "jpeg");
            jpeg.insert(2, jpegSegment('\xe1', QByteArray("Exif\0\0", 6) + each));
            QCOMPARE(readImageHeader(jpeg), (ImageHeader{ImageType::Jpeg, size, orientation, false}));
            const QByteArray png = pngWith(saved(colourful(40, 30), "png"), pngChunk("eXIf", each));
            QCOMPARE(readImageHeader(png), (ImageHeader{ImageType::Png, size, orientation, false}));
            const QByteArray web = webp(vp8x(0x08, 40, 30) + webpChunk("EXIF", each));
            QCOMPARE(readImageHeader(web), (ImageHeader{ImageType::WebP, size, orientation, false}));
        }
    }

    void takesNothingElse_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>");
        QTest::newRow("bmp") << saved(colourful(4, 4), "bmp");
        QTest::newRow("icns") << QByteArray("icns\0\0\0\x10", 8);
        QTest::newRow("ktx") << QByteArray("\xabKTX 11\xbb\r\n\x1a\n", 12);
        QTest::newRow("riff") << QByteArray("RIFF\x10\0\0\0WAVE", 12);
    }
    void takesNothingElse()
    {
        QFETCH(QByteArray, bytes);
        const auto header = readImageHeader(bytes);
        QVERIFY(!header);
        QCOMPARE(header.error().condition, QStringLiteral("image-type-unsupported"));
    }

    void hasLimits()
    {
        const auto bomb = readImageHeader(claimingPng(60'000, 60'000));
        QVERIFY(!bomb);
        QCOMPARE(bomb.error().condition, QStringLiteral("image-too-large"));
        QVERIFY(readImageHeader(claimingPng(10'000, 5'000)));
        QVERIFY(!readImageHeader(claimingPng(10'000, 5'001)));
        QVERIFY(readImageHeader(claimingPng(2'000, 2'000), mostAvatarPixels));
        QVERIFY(!readImageHeader(claimingPng(2'000, 2'001), mostAvatarPixels));
        QVERIFY(!readImageHeader(claimingPng(0x7fffffff, 0x7fffffff), std::numeric_limits<qint64>::max() / 4));
        QCOMPARE(readImageHeader(claimingPng(0, 5)).error().condition, QStringLiteral("image-damaged"));
        // A frame of a JPEG that ends before its size, whatever stands behind it.
        QCOMPARE(readImageHeader(QByteArray("\xff\xd8\xff\xc0\0\x03\x08\0\x5d\0\x10\0", 12)).error().condition,
                 QStringLiteral("image-damaged"));
        // The frame of a GIF that is larger than its screen.
        QByteArray frame = gifFrame();
        frame.replace(13, 4, QByteArray(4, '\xff'));
        QCOMPARE(readImageHeader(gif(frame)).error().condition, QStringLiteral("image-too-large"));
    }

    /// Cut off anywhere: an answer or an error, and the size only where it is there.
    void isTotal()
    {
        QByteArray jpeg = saved(colourful(40, 30), "jpeg");
        jpeg.insert(2, jpegSegment('\xe1', QByteArray("Exif\0\0", 6) + orientationTiff(6)));
        for (const QByteArray &whole :
             {jpeg, saved(colourful(40, 30), "png"), gif(gifFrame() + gifFrame()), webp(vp8x(0x0a, 9, 7))}) {
            int good = 0;
            for (qsizetype size = 0; size <= whole.size(); ++size) {
                const auto header = readImageHeader(QByteArrayView(whole).first(size));
                good += header ? 1 : 0;
                QVERIFY(header || !header.error().condition.isEmpty());
                QVERIFY(!header || !header->size.isEmpty());
            }
            QVERIFY(good > 0 && good < whole.size());
        }
    }

    void scalesDownOnly()
    {
        QCOMPARE(scaledDown({400, 300}, {200, 200}), QSize(200, 150));
        QCOMPARE(scaledDown({300, 400}, {200, 200}), QSize(150, 200));
        QCOMPARE(scaledDown({40, 30}, {200, 200}), QSize(40, 30));
        QCOMPARE(scaledDown({40, 30}, {}), QSize(40, 30));
        QCOMPARE(scaledDown({40'000, 1}, {200, 200}), QSize(200, 1));
        QCOMPARE(scaledDown({400, 300}, {}, 30'000), QSize(200, 150));
        for (int side = 1; side < 3000; side += 7) {
            const QSize size = scaledDown({side, 1237}, {128, 128});
            QVERIFY(size.width() >= 1 && size.height() >= 1 && size.width() <= 128 && size.height() <= 128);
        }
    }
};

BALCONY_TEST(TestImageHeader)
#include "tst_imageheader.moc"
