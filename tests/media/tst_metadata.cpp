// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/metadata.h"

#include "media/imageheader.h"
#include "media/pictures.h"
#include "support/testmain.h"

using namespace media;
using namespace tests::pictures;

namespace {

const QByteArray secret = "GPS 59.3293 N 18.0686 E, Mercutio's camera";

QImage pixels(const QByteArray &bytes)
{
    return QImage::fromData(bytes).convertToFormat(QImage::Format_ARGB32);
}

/// Nothing of the secret is left, the pixels are the same, and once more changes nothing.
void isClean(const QByteArray &image)
{
    QVERIFY(image.contains(secret));
    const auto clean = withoutMetadata(image);
    QVERIFY2(clean, clean ? "" : qPrintable(clean.error().detail));
    QVERIFY(!clean->contains(secret));
    QVERIFY(clean->size() <= image.size() + 64);
    QVERIFY(!pixels(image).isNull());
    QCOMPARE(pixels(*clean), pixels(image));
    const auto before = readImageHeader(image), after = readImageHeader(*clean);
    QVERIFY(before && after);
    QCOMPARE(*after, *before);
    QCOMPARE(*withoutMetadata(*clean), *clean);
}

QByteArray exifSegment(int orientation)
{
    return jpegSegment('\xe1', QByteArray("Exif\0\0", 6) + exif(orientation, secret));
}

} // namespace

/// F16: what a picture tells of its maker does not go out with it.
class TestMetadata : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jpeg_data()
    {
        QTest::addColumn<int>("orientation");
        for (int orientation = 1; orientation <= 8; ++orientation)
            QTest::newRow(qPrintable(QString::number(orientation))) << orientation;
    }
    void jpeg()
    {
        QFETCH(int, orientation);
        QByteArray image = saved(colourful(40, 30), "jpeg");
        // Behind JFIF: EXIF, XMP, IPTC, a comment, somebody's own; and a second picture behind the end.
        image.insert(20,
                     exifSegment(orientation)
                         + jpegSegment('\xe1', QByteArray("http://ns.adobe.com/xap/1.0/\0", 29) + secret)
                         + jpegSegment('\xed', QByteArray("Photoshop 3.0\0", 14) + secret) + jpegSegment('\xfe', secret)
                         + jpegSegment('\xe5', secret) + jpegSegment('\xe2', QByteArray("MPF\0", 4) + secret));
        image += secret;
        isClean(image);
    }

    void jpegKeepsColours()
    {
        QByteArray image = saved(colourful(40, 30), "jpeg");
        const QByteArray profile = jpegSegment('\xe2', QByteArray("ICC_PROFILE\0\x01\x01", 14) + QByteArray(200, 'i'));
        const QByteArray adobe = jpegSegment('\xee', QByteArray("Adobe\0\x64\0\0\0\0\x01", 12));
        image.insert(20, profile + adobe + exifSegment(1));
        const auto clean = withoutMetadata(image);
        QVERIFY(clean);
        QVERIFY(clean->contains(profile));
        QVERIFY(clean->contains(adobe));
        QVERIFY(!clean->contains("Exif")); // there is nothing to say
        isClean(image);
    }

    /// JFIF has a small picture of its own.
    void jpegSmallPicture()
    {
        QByteArray image = saved(colourful(40, 30), "jpeg");
        const QByteArray small = secret.leftJustified(75, ' ');
        image.replace(2, 18, jpegSegment('\xe0', image.mid(6, 12) + "\x05\x05" + small));
        isClean(image);
    }

    void jpegInScans()
    {
        // Progressive: comments may stand between the scans.
        QByteArray image;
        QBuffer buffer(&image);
        buffer.open(QIODevice::WriteOnly);
        QImageWriter writer(&buffer, "jpeg");
        writer.setProgressiveScanWrite(true);
        QVERIFY(writer.write(colourful(64, 48)));
        const qsizetype scan = image.lastIndexOf("\xff\xda");
        QVERIFY(scan > image.indexOf("\xff\xda"));
        image.insert(scan, jpegSegment('\xfe', secret));
        isClean(image);
    }

    void png()
    {
        const QByteArray text = pngChunk("tEXt", QByteArray("Comment\0", 8) + secret)
            + pngChunk("iTXt", QByteArray("XML:com.adobe.xmp\0\0\0\0\0", 22) + secret)
            + pngChunk("tIME", QByteArray("\x07\xea\x01\x01\x0c\0\0", 7)) + pngChunk("prVt", secret);
        const QByteArray plain = saved(colourful(40, 30), "png");
        isClean(pngWith(plain, text));
        isClean(plain + secret);
        const QByteArray turned = pngWith(plain, text + pngChunk("eXIf", exif(6, secret)));
        isClean(turned);
        QCOMPARE(readImageHeader(*withoutMetadata(turned))->orientation, 6);
        const QByteArray profile = pngChunk("gAMA", big32(45455));
        QVERIFY(withoutMetadata(pngWith(plain, text + profile))->contains(profile));
        QVERIFY(!withoutMetadata(pngWith(plain, text))->contains("tIME"));
    }

    void webpStill()
    {
        const QByteArray simple = webp(webpChunk("VP8L", onePixelVp8l()));
        QVERIFY2(!QImage::fromData(simple).isNull(), "the package qt6-image-formats-plugins is missing");
        isClean(simple + secret);
        isClean(webp(webpChunk("VP8L", onePixelVp8l()) + webpChunk("EXIF", secret)));
        for (const int orientation : {1, 8}) {
            const QByteArray extended =
                webp(vp8x(0x0c, 1, 1) + webpChunk("VP8L", onePixelVp8l()) + webpChunk("EXIF", exif(orientation, secret))
                     + webpChunk("XMP ", secret) + webpChunk("priv", secret));
            isClean(extended);
            const QByteArray clean = *withoutMetadata(extended);
            QCOMPARE(qFromLittleEndian<quint32>(clean.constData() + 4), quint32(clean.size() - 8));
            QCOMPARE(int(clean[20]), orientation == 1 ? 0 : 0x08);
            QVERIFY(!clean.contains("XMP "));
            QCOMPARE(clean.contains("EXIF"), orientation != 1);
        }
    }

    void webpMoving()
    {
        const QByteArray frame = QByteArray(6, '\0') + QByteArray(6, '\0') + QByteArray("\x64\0\0\0", 4);
        const auto part = [&](const QByteArray &more) {
            return webpChunk("ANMF", frame + webpChunk("VP8L", onePixelVp8l()) + more);
        };
        const QByteArray moving = webp(vp8x(0x06, 1, 1) + webpChunk("ANIM", QByteArray(6, '\0'))
                                       + part(webpChunk("priv", secret)) + part({}) + webpChunk("XMP ", secret));
        const auto clean = withoutMetadata(moving);
        QVERIFY(clean);
        QCOMPARE(*clean, webp(vp8x(0x02, 1, 1) + webpChunk("ANIM", QByteArray(6, '\0')) + part({}) + part({})));
    }

    void gifs()
    {
        const QByteArray repeats("!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", 19);
        const QByteArray length(1, char(secret.size()));
        const QByteArray comment = "!\xfe" + length + secret + '\0';
        const QByteArray xmp = "!\xff\x0bXMP DataXMP" + length + secret + '\0';
        const QByteArray hidden = QByteArray("!\xff\x0bNETSCAPE2.0\x03\x01\0\0", 18) + length + secret + '\0';
        isClean(gif(comment + gifFrame()));
        isClean(gif(xmp + gifFrame() + comment + gifFrame()));
        isClean(gif(gifFrame()) + secret);
        QCOMPARE(*withoutMetadata(gif(repeats + comment + gifFrame() + gifFrame())),
                 gif(repeats + gifFrame() + gifFrame()));
        QCOMPARE(*withoutMetadata(gif(hidden + gifFrame() + gifFrame())), gif(repeats + gifFrame() + gifFrame()));
    }

    void takesNothingElse()
    {
        QCOMPARE(withoutMetadata("%PDF-1.7").error().condition, QStringLiteral("image-type-unsupported"));
        QCOMPARE(withoutMetadata(saved(colourful(4, 4), "bmp")).error().condition,
                 QStringLiteral("image-type-unsupported"));
    }

    /// Cut off anywhere: never more than there was, never a secret; a picture or an error.
    void isTotal()
    {
        QByteArray jpeg = saved(colourful(40, 30), "jpeg");
        jpeg.insert(20, exifSegment(6));
        const QByteArray png = pngWith(saved(colourful(40, 30), "png"), pngChunk("eXIf", exif(6, secret)));
        for (const QByteArray &whole :
             {jpeg, png, gif("!\xfe\x03GPS" + QByteArray(1, '\0') + gifFrame()),
              webp(vp8x(0x08, 1, 1) + webpChunk("VP8L", onePixelVp8l()) + webpChunk("EXIF", exif(6, secret)))}) {
            for (qsizetype size = 0; size <= whole.size(); ++size) {
                const auto clean = withoutMetadata(whole.left(size));
                QVERIFY(!clean || (!clean->contains("GPS") && clean->size() <= size + 64));
                QVERIFY(clean || !clean.error().condition.isEmpty());
            }
        }
    }

    /// A photo that was cut off on its way can still be seen, so it can be sent.
    void jpegCutOff()
    {
        QByteArray jpeg = saved(colourful(200, 100), "jpeg");
        jpeg.insert(20, exifSegment(1));
        const auto clean = withoutMetadata(jpeg.chopped(300));
        QVERIFY(clean);
        QVERIFY(clean->endsWith("\xff\xd9"));
        QVERIFY(!clean->contains(secret));
    }
};

BALCONY_TEST(TestMetadata)
#include "tst_metadata.moc"
