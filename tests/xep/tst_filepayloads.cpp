// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0264_thumbnails.h"
#include "xep/0300_hashes.h"
#include "xep/0446_filemetadata.h"
#include "xep/0447_filesharing.h"

using namespace xep;
using namespace std::chrono_literals;

/// XEPs that are payloads about files alone.
class TestFilePayloads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0300 3.
    void hashes()
    {
        const auto hash = tests::roundTrip<Hash>(
            "<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>2XarmwTlNxDAMkvymloX3S5+VbylNrJt/l5QyPa+YoU=</hash>");
        QCOMPARE(hash.algorithm(), std::optional(QCryptographicHash::Sha256));
        QCOMPARE(tests::roundTrip<HashUsed>("<hash-used xmlns='urn:xmpp:hashes:2' algo='sha-256'/>").name,
                 QStringLiteral("sha-256"));
        QCOMPARE(Hash::of("abc").value.toHex(),
                 QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")); // FIPS 180-2 B.1
        QVERIFY(!xml::decode<Hash>(tests::parsed("<hash xmlns='urn:xmpp:hashes:2'>YWJj</hash>")));
        QVERIFY(!xml::decode<Hash>(tests::parsed("<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>?</hash>")));
        QVERIFY(!xml::decode<Hash>(tests::parsed("<hash xmlns='urn:xmpp:hashes:1' algo='sha-256'>YWJj</hash>")));
    }

    void hashesThatProve_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("bytes");
        QTest::addColumn<bool>("proves");
        const auto row = [](const char *name, int bytes, bool proves) {
            QTest::addRow("%s, %d", name, bytes) << QString::fromLatin1(name) << bytes << proves;
        };
        row("sha-256", 32, true);
        row("sha-512", 64, true);
        row("sha3-256", 32, true);
        row("sha3-512", 64, true);
        row("blake2b-256", 32, true);
        row("blake2b-512", 64, true);
        row("id-blake2b256", 32, true);
        row("id-blake2b256", 20, false); // as in an example of XEP-0447
        row("sha-256", 31, false);
        row("sha-256", 0, false);
        row("SHA-256", 32, false);
        row("sha-1", 20, false);
        row("md5", 16, false);
        row("sha-224", 28, false);
        row("", 32, false);
    }
    void hashesThatProve()
    {
        QFETCH(QString, name);
        QFETCH(int, bytes);
        QFETCH(bool, proves);
        QCOMPARE((Hash{name, QByteArray(bytes, 'x')}.algorithm().has_value()), proves);
    }

    void strongestHash()
    {
        const Hash sha1{QStringLiteral("sha-1"), QByteArray(20, 'x')};
        const Hash sha256{QStringLiteral("sha-256"), QByteArray(32, 'x')};
        const Hash sha512{QStringLiteral("sha-512"), QByteArray(64, 'x')};
        QVERIFY(!strongest({}));
        QVERIFY(!strongest({sha1}));
        const std::vector<Hash> several{sha1, sha256, sha512, sha256};
        QCOMPARE(strongest(several), &several.at(2));
        std::vector<Hash> many(1000, sha1);
        many.push_back(sha256);
        QVERIFY(!strongest(many));
    }

    /// XEP-0264, example 1.
    void thumbnails()
    {
        const auto thumbnail = tests::roundTrip<Thumbnail>(
            "<thumbnail xmlns='urn:xmpp:thumbs:1' uri='cid:sha1+ffd7c8d28e9c5e82afea41f97108c6b4@bob.xmpp.org' "
            "media-type='image/png' width='128' height='96'/>");
        QCOMPARE(thumbnail.width, std::optional<quint16>(128));
        QVERIFY(!thumbnail.address() && !thumbnail.bytes());
        QVERIFY(!xml::decode<Thumbnail>(tests::parsed("<thumbnail xmlns='urn:xmpp:thumbs:1'/>")));
        QVERIFY(!xml::decode<Thumbnail>(tests::parsed("<thumbnail xmlns='urn:xmpp:thumbs:1' uri='a' width='-1'/>")));
        const auto ofUri = [](const QString &uri) {
            Thumbnail other;
            other.uri = uri;
            return other;
        };
        QVERIFY(ofUri(QStringLiteral("https://a.test/b")).address());
        QVERIFY(!ofUri(QStringLiteral("http://a.test/b")).address());
        QCOMPARE(ofUri(QStringLiteral("data:image/png;base64,YWJj")).bytes(),
                 std::optional<QByteArray>(QByteArray("abc")));
        for (const char *bad : {"data:image/png,abc", "data:text/html;base64,YWJj", "data:image/png;base64,",
                                "data:", "data:image/png;base64", "data:image/png;base64,Y?", "data:;base64,YWJj"})
            QVERIFY2(!ofUri(QString::fromLatin1(bad)).bytes(), bad);
        const auto large = [&](qsizetype bytes) {
            return ofUri(QStringLiteral("data:image/png;base64,")
                         + QString::fromLatin1(QByteArray(bytes, 'x').toBase64()))
                .bytes();
        };
        QCOMPARE(large(Thumbnail::mostBytes)->size(), Thumbnail::mostBytes);
        QVERIFY(!large(Thumbnail::mostBytes + 1));
        QVERIFY(!large(10 * Thumbnail::mostBytes));
    }

    /// XEP-0446 2, as we write it.
    void metadata()
    {
        const auto file = tests::roundTrip<FileMetadata>(R"(
<file xmlns='urn:xmpp:file:metadata:0'>
  <media-type>text/plain</media-type>
  <name>test.txt</name>
  <date>2015-07-26T21:46:00+01:00</date>
  <size>6144</size>
  <hash xmlns='urn:xmpp:hashes:2' algo='sha-1'>w0mcJylzCn+AfvuGdqkty2+KP48=</hash>
</file>)");
        QCOMPARE(file.type, QStringLiteral("text/plain"));
        QCOMPARE(file.name, QStringLiteral("test.txt"));
        QCOMPARE(file.modified(), QDateTime(QDate(2015, 7, 26), QTime(20, 46), Qt::UTC));
        QCOMPARE(file.bytes(), std::optional<qint64>(6144));
        QVERIFY(!file.dimensions() && !file.duration() && file.description().isNull());
        FileMetadata own;
        own.setBytes(6144);
        own.setDimensions(1080, 1920);
        own.setDuration(63s);
        own.setModified(file.modified());
        QCOMPARE(own.bytes(), file.bytes());
        QCOMPARE(own.dimensions(), std::optional(std::pair(1080, 1920)));
        QCOMPARE(own.duration(), std::optional(63000ms));
        QCOMPARE(own.modified(), file.modified());
        const auto empty = tests::roundTrip<FileMetadata>("<file xmlns='urn:xmpp:file:metadata:0'/>");
        QVERIFY(!empty.bytes() && !empty.modified().isValid());
    }

    void oddMetadata()
    {
        const auto of = [](const QByteArray &children) {
            return xml::decode<FileMetadata>(
                       tests::parsed("<file xmlns='urn:xmpp:file:metadata:0'>" + children + "</file>"))
                .value();
        };
        // What is wrong counts as not said; the rest stays.
        for (const char *bad : {"-1", "", "a", "1.5", "99999999999999999999", "0x10"}) {
            const auto number = QByteArray(bad);
            const auto file = of("<size>" + number + "</size><width>" + number + "</width><height>9</height><length>"
                                 + number + "</length><date>" + number + "</date><name>a</name>");
            QVERIFY2(!file.bytes() && !file.dimensions() && !file.duration() && !file.modified().isValid(), bad);
            QCOMPARE(file.name, QStringLiteral("a"));
        }
        QVERIFY(!of("<width>0</width><height>9</height>").dimensions());
        QVERIFY(!of("<width>65536</width><height>9</height>").dimensions());
        QVERIFY(!of("<width>9</width>").dimensions());
        QVERIFY(!of("<length>9999999999</length>").duration());
        QCOMPARE(of("<size>0</size>").bytes(), std::optional<qint64>(0));
        const auto file = of("<desc xml:lang='de'>Bild</desc><desc xml:lang='en'>Picture</desc><desc>Neither</desc>");
        QCOMPARE(file.description(QStringLiteral("EN")), QStringLiteral("Picture"));
        QCOMPARE(file.description(QStringLiteral("fr")), QStringLiteral("Neither"));
        QCOMPARE(of("<desc xml:lang='de'>Bild</desc>").description(), QStringLiteral("Bild"));
        QCOMPARE(of("<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>?</hash>").hashes.size(), size_t(0));
    }

    /// XEP-0447, example 1.
    void sharing()
    {
        const auto message = tests::parsed("<message>" + example + "</message>");
        const auto files = FileSharing::of(message);
        QCOMPARE(files.size(), size_t(1));
        const FileSharing &file = files.front();
        QCOMPARE(file.shownAs(), std::optional(FileSharing::Disposition::Inline));
        QCOMPARE(file.file->name, QStringLiteral("summit.jpg"));
        QCOMPARE(file.file->bytes(), std::optional<qint64>(3032449));
        QCOMPARE(file.file->dimensions(), std::optional(std::pair(4096, 2160)));
        QCOMPARE(file.file->description(), QStringLiteral("Photo from the summit."));
        QCOMPARE(file.file->thumbnails.size(), size_t(1));
        QCOMPARE(strongest(file.file->hashes)->name, QStringLiteral("sha3-256"));
        QCOMPARE(file.sources->addresses().size(), size_t(1));
        QCOMPARE(file.sources->addresses().front().host(), QStringLiteral("download.montague.lit"));
        // The way that we do not know is passed over.
        const auto again = xml::decode<FileSharing>(xml::encode(file));
        QVERIFY(again && again->file->hashes.size() == 2 && again->sources->urls.size() == 1);
        tests::roundTrip<FileSharing>(
            "<file-sharing xmlns='urn:xmpp:sfs:0' disposition='inline' id='photo1.jpg'>"
            "<file xmlns='urn:xmpp:file:metadata:0'><name>photo1.jpg</name></file></file-sharing>");
    }

    /// XEP-0447, examples 5 and 7.
    void attached()
    {
        const auto message = tests::parsed(R"(
<message to='juliet@shakespeare.lit' from='romeo@montague.lit/resource' id='adding-photo1'>
  <attach-to id='sharing-files' xmlns='urn:xmpp:message-attaching:1'/>
  <sources xmlns='urn:xmpp:sfs:0' id='photo1.jpg'>
    <url-data xmlns='http://jabber.org/protocol/url-data' target='https://download.montague.lit/photo1.jpg'/>
  </sources>
</message>)");
        QCOMPARE(xml::find<AttachTo>(message)->id, QStringLiteral("sharing-files"));
        QCOMPARE(xml::find<FileSources>(message)->id, QStringLiteral("photo1.jpg"));
        QCOMPARE(xml::find<FileSources>(message)->addresses().size(), size_t(1));
        QVERIFY(FileSharing::of(message).empty());
        tests::roundTrip<AttachTo>("<attach-to id='sharing-files' xmlns='urn:xmpp:message-attaching:1'/>");
        QVERIFY(!xml::decode<AttachTo>(tests::parsed("<attach-to xmlns='urn:xmpp:message-attaching:1'/>")));
    }

    /// As long an album as is read comes through: each part declares its namespace anew.
    void album()
    {
        xmpp::Message message;
        for (size_t i = 0; i < FileSharing::mostPerMessage; ++i) {
            FileSharing file;
            file.id = QString::number(i);
            file.file.emplace();
            file.file->hashes.push_back(Hash::of("abc"));
            file.file->thumbnails.push_back({QStringLiteral("https://a.test/b"), {}, 1, 1});
            file.sources.emplace();
            file.sources->urls.push_back({QStringLiteral("https://a.test/c")});
            message.add(file);
        }
        const auto files = FileSharing::of(tests::parsed(xml::Writer::write(message.toElement(), xmpp::ns::client)));
        QCOMPARE(files.size(), FileSharing::mostPerMessage);
        QVERIFY(strongest(files.back().file->hashes) && files.back().sources->addresses().size() == 1);
    }

    void oddSharing()
    {
        const auto of = [](const QByteArray &files) {
            return FileSharing::of(tests::parsed("<message xmlns:s='urn:xmpp:sfs:0' xmlns:m='urn:xmpp:file:metadata:0' "
                                                 "xmlns:u='http://jabber.org/protocol/url-data'>"
                                                 + files + "</message>"));
        };
        QVERIFY(of("<s:file-sharing/>").empty()); // of no file
        QVERIFY(!of("<s:file-sharing disposition='explode'><m:file/></s:file-sharing>").front().shownAs());
        QCOMPARE(of(QByteArray("<s:file-sharing><m:file/></s:file-sharing>").repeated(1000)).size(),
                 FileSharing::mostPerMessage);
        const auto sources = [&](const QByteArray &urls) {
            return of("<s:file-sharing><m:file/><s:sources>" + urls + "</s:sources></s:file-sharing>")
                .front()
                .sources->addresses();
        };
        const auto url = [](const QByteArray &target) { return "<u:url-data target='" + target + "'/>"; };
        QCOMPARE(sources(url("file:///etc/passwd") + url("http://a.test/") + url("https://b.test/")).size(), size_t(2));
        QVERIFY(sources("<u:url-data/>").empty());
        QCOMPARE(sources(QByteArray(url("https://b.test/")).repeated(1000)).size(), FileSources::mostUrls);
    }

private:
    const QByteArray example = R"(
<file-sharing xmlns='urn:xmpp:sfs:0' disposition='inline'>
  <file xmlns='urn:xmpp:file:metadata:0'>
    <media-type>image/jpeg</media-type>
    <name>summit.jpg</name>
    <size>3032449</size>
    <width>4096</width>
    <height>2160</height>
    <hash xmlns='urn:xmpp:hashes:2' algo='sha3-256'>2XarmwTlNxDAMkvymloX3S5+VbylNrJt/l5QyPa+YoU=</hash>
    <hash xmlns='urn:xmpp:hashes:2' algo='id-blake2b256'>2AfMGH8O7UNPTvUVAM9aK13mpCY=</hash>
    <desc>Photo from the summit.</desc>
    <thumbnail xmlns='urn:xmpp:thumbs:1' uri='cid:sha1+ffd7c8d28e9c5e82afea41f97108c6b4@bob.xmpp.org' media-type='image/png' width='128' height='96'/>
  </file>
  <sources>
    <url-data xmlns='http://jabber.org/protocol/url-data' target='https://download.montague.lit/4a771ac1-f0b2-4a4a-9700-f2a26fa2bb67/summit.jpg'/>
    <jinglepub xmlns='urn:xmpp:jinglepub:1' from='romeo@montague.lit/resource' id='9559976B-3FBF-4E7E-B457-2DAA225972BB'>
      <description xmlns='urn:xmpp:jingle:apps:file-transfer:5'/>
    </jinglepub>
  </sources>
</file-sharing>)";
};

BALCONY_TEST(TestFilePayloads)
#include "tst_filepayloads.moc"
