// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/avatars.h"
#include "media/pictures.h"
#include "stage.h"
#include "support/testmain.h"
#include "ui/account/avatarcrop.h"
#include "ui/account/avatardialog.h"
#include "ui/account/note.h"
#include "ui/account/presencemenu.h"
#include "ui/chat/chatheader.h"
#include "ui/chat/chatpane.h"
#include "ui/mainwindow.h"
#include "ui/roster/chatlist.h"
#include "ui/roster/selfbutton.h"
#include "ui/roster/sidebar.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/avatarpictures.h"

#include "looks.h"

#include <QClipboard>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>

using tests::Stage;
using ui::AvatarCrop;
using ui::AvatarDialog;

namespace {

constexpr int patience = 60'000;
const QColor red(220, 0, 0), blue(0, 0, 220);

QImage plain(int width, int height, const QColor &left, const QColor &right)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(left);
    QPainter painter(&image);
    painter.fillRect(width / 2, 0, width - width / 2, height, right);
    return image;
}

bool isNear(const QColor &a, const QColor &b)
{
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) < 24;
}

/// How many pixels of `widget` are of that colour.
int pixelsOf(QWidget &widget, const QColor &color)
{
    const QImage image = widget.grab().toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += isNear(image.pixelColor(x, y), color) ? 1 : 0;
    }
    return count;
}

QByteArray idOf(const QByteArray &iq)
{
    static const QRegularExpression pattern(QStringLiteral("\\sid=['\"]([^'\"]*)['\"]"));
    return pattern.match(QString::fromUtf8(iq)).captured(1).toUtf8();
}

} // namespace

/// Pictures of persons in the window, and one's own.
class TestAvatars : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        ui::installTranslators(*qApp, QStringLiteral("en"), m_folder.path());
        m_appearance = std::make_unique<ui::Appearance>();
    }
    void cleanup()
    {
        m_window.reset();
        m_stage.reset();
    }

    /// As much of it as a disc has, from its middle; nothing around.
    void disc()
    {
        QImage image = plain(60, 20, red, red);
        QPainter(&image).fillRect(20, 0, 20, 20, blue);
        const QImage disc = ui::discOf(image, 40).toImage();
        QCOMPARE(disc.size(), QSize(40, 40));
        QCOMPARE(disc.pixelColor(0, 0).alpha(), 0);
        QCOMPARE(disc.pixelColor(39, 39).alpha(), 0);
        QVERIFY(isNear(disc.pixelColor(3, 20), blue) && isNear(disc.pixelColor(36, 20), blue));
        QVERIFY(isNear(ui::discOf(plain(20, 60, red, red), 40).toImage().pixelColor(20, 2), red));
    }

    /// Initials until it is there, then the picture, in the same place; and initials again when it is gone.
    void comesInPlaceOfInitials()
    {
        const QByteArray picture = tests::pictures::saved(plain(96, 96, red, red), "png");
        show();
        m_stage->server().answers = [picture](const QByteArray &iq) -> QByteArray {
            if (!iq.contains("urn:xmpp:avatar:data"))
                return {};
            return "<iq type='result' from='juliet@capulet.example' id='" + idOf(iq)
                + "'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:data'><item id='"
                + xep::avatarId(picture).toLatin1() + "'><data xmlns='urn:xmpp:avatar:data'>" + picture.toBase64()
                + "</data></item></items></pubsub></iq>";
        };
        QVERIFY(m_stage->goesOnline());
        m_window->openChat(m_stage->chatWith("juliet@capulet.example"));
        auto *avatar = m_window->pane()->findChild<ui::ChatHeader *>()->findChild<ui::Avatar *>();
        QWidget *list = m_window->sidebar()->chatList()->viewport();
        const QRect place = avatar->geometry();
        QCOMPARE(pixelsOf(*avatar, red), 0);
        QCOMPARE(pixelsOf(*list, red), 0);
        tells("juliet@capulet.example", picture);
        QVERIFY(QTest::qWaitFor([&] { return pixelsOf(*avatar, red) > 200; }, patience));
        QVERIFY(QTest::qWaitFor([&] { return pixelsOf(*list, red) > 200; }, patience));
        QCOMPARE(avatar->geometry(), place);
        tests::shoot(*m_window, QStringLiteral("window-avatars"));
        m_window->sidebar()->setTab(ui::Sidebar::Tab::Contacts);
        QVERIFY(QTest::qWaitFor([&] { return pixelsOf(*m_window->sidebar(), red) > 200; }, patience));
        // It was fetched once, whatever sizes it has.
        QCOMPARE(m_stage->server().heard.count("urn:xmpp:avatar:data"), 1);
        tells("juliet@capulet.example", {});
        QVERIFY(QTest::qWaitFor([&] { return pixelsOf(*avatar, red) == 0; }, patience));
    }

    /// A picture that cannot be decoded leaves the initials, and is not asked for again and again.
    void staysWithInitials()
    {
        QByteArray picture = tests::pictures::saved(plain(96, 96, red, red), "png");
        picture.truncate(60);
        show();
        int asked = 0;
        m_stage->server().answers = [&asked, picture](const QByteArray &iq) -> QByteArray {
            if (!iq.contains("urn:xmpp:avatar:data"))
                return {};
            ++asked;
            return "<iq type='result' from='juliet@capulet.example' id='" + idOf(iq)
                + "'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:data'><item id='"
                + xep::avatarId(picture).toLatin1() + "'><data xmlns='urn:xmpp:avatar:data'>" + picture.toBase64()
                + "</data></item></items></pubsub></iq>";
        };
        QVERIFY(m_stage->goesOnline());
        m_window->openChat(m_stage->chatWith("juliet@capulet.example"));
        tells("juliet@capulet.example", picture);
        QVERIFY(QTest::qWaitFor([&] { return asked > 0; }, patience));
        auto *avatar = m_window->pane()->findChild<ui::ChatHeader *>()->findChild<ui::Avatar *>();
        for (int i = 0; i < 20; ++i) {
            avatar->repaint();
            m_window->sidebar()->chatList()->viewport()->repaint();
            QCoreApplication::processEvents(); // the server's turn
        }
        QCOMPARE(asked, 1);
        QCOMPARE(pixelsOf(*avatar, red), 0);
    }

    /// The part under the disc is moved and zoomed by keys as by the pointer, and stays inside the picture.
    void crops()
    {
        AvatarCrop crop(nullptr);
        crop.resize(crop.sizeHint());
        crop.setPicture(plain(400, 200, red, blue));
        QCOMPARE(crop.part(), QRectF(100, 0, 200, 200));
        for (int i = 0; i < 30; ++i)
            QTest::keyClick(&crop, Qt::Key_Left);
        QCOMPARE(crop.part(), QRectF(200, 0, 200, 200));
        QVERIFY(isNear(crop.cropped(64).pixelColor(2, 2), blue));
        QTest::keyClick(&crop, Qt::Key_Plus);
        QVERIFY(crop.zoom() > 1 && crop.part().width() < 200);
        for (int i = 0; i < 30; ++i) {
            QTest::keyClick(&crop, Qt::Key_Right);
            QTest::keyClick(&crop, Qt::Key_Down);
        }
        QCOMPARE(crop.part().topLeft(), QPointF(0, 0));
        QVERIFY(isNear(crop.cropped(64).pixelColor(60, 60), red));
        QTest::keyClick(&crop, Qt::Key_0);
        QCOMPARE(crop.part(), QRectF(100, 0, 200, 200));
        for (int i = 0; i < 50; ++i)
            QTest::keyClick(&crop, Qt::Key_Plus);
        QCOMPARE(crop.zoom(), AvatarCrop::most);
        QCOMPARE(crop.cropped(256).size(), QSize(25, 25)); // no more than there is
        for (int i = 0; i < 50; ++i)
            QTest::keyClick(&crop, Qt::Key_Minus);
        QCOMPARE(crop.zoom(), 1.0);
        QTest::mousePress(&crop, Qt::LeftButton, {}, {200, 100});
        const QPoint left(0, 100);
        QMouseEvent move(QEvent::MouseMove, left, crop.mapToGlobal(left), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&crop, &move);
        QCOMPARE(crop.part().right(), 400.0);
        crop.setPicture({}, QStringLiteral("nothing"));
        QTest::keyClick(&crop, Qt::Key_Left);
        QVERIFY(!crop.grab().isNull());
    }

    /// From the menu under one's own picture to the published one, by the keyboard alone.
    void publishes()
    {
        show();
        answerOwn();
        QVERIFY(m_stage->goesOnline());
        AvatarDialog *dialog = openDialog();
        QVERIFY(dialog);
        auto *use = dialog->findChild<QPushButton *>(QStringLiteral("useAvatar"));
        QVERIFY(!use->isEnabled());
        const QString path = m_folder.filePath(QStringLiteral("own.jpg"));
        QImage image = plain(1200, 600, red, blue);
        image.setText(QStringLiteral("Comment"), QStringLiteral("a secret place"));
        QVERIFY(image.save(path, "JPG", 95));
        QSignalSpy ready(dialog, &AvatarDialog::ready);
        dialog->takeFile(path);
        QVERIFY(ready.wait(patience));
        auto *crop = dialog->findChild<AvatarCrop *>();
        QVERIFY(crop->hasFocus() && use->isEnabled());
        for (int i = 0; i < 30; ++i)
            QTest::keyClick(crop, Qt::Key_Left);
        tests::shoot(*dialog, QStringLiteral("avatar-dialog"));
        const QPointer<AvatarDialog> gone(dialog);
        QTest::keyClick(crop, Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([&] { return gone.isNull(); }, patience));
        const QByteArray heard = m_stage->server().heard;
        static const QRegularExpression pattern(QStringLiteral("<data xmlns=.urn:xmpp:avatar:data.>([^<]+)</data>"));
        const QByteArray sent = QByteArray::fromBase64(pattern.match(QString::fromUtf8(heard)).captured(1).toLatin1());
        QImage published;
        QVERIFY(published.loadFromData(sent, "PNG"));
        QCOMPARE(published.size(), QSize(AvatarDialog::edge, AvatarDialog::edge));
        QVERIFY(isNear(published.pixelColor(128, 128), blue) && isNear(published.pixelColor(10, 10), blue));
        QVERIFY(!sent.contains("secret"));
        QVERIFY(heard.indexOf("urn:xmpp:avatar:data") < heard.lastIndexOf("<metadata"));
        // It shows at once, and can be taken away.
        ui::SelfButton *self = m_window->sidebar()->selfButton();
        QVERIFY(QTest::qWaitFor([&] { return pixelsOf(*self, blue) > 200; }, patience));
        dialog = openDialog();
        auto *remove = dialog->findChild<QPushButton *>(QStringLiteral("removeAvatar"));
        QVERIFY(remove->isEnabled());
        QVERIFY(QTest::qWaitFor([&] { return !dialog->findChild<AvatarCrop *>()->picture().isNull(); }, patience));
        const QPointer<AvatarDialog> second(dialog);
        remove->setFocus();
        QTest::keyClick(remove, Qt::Key_Space);
        QVERIFY(QTest::qWaitFor([&] { return second.isNull(); }, patience));
        QVERIFY(QTest::qWaitFor([&] { return pixelsOf(*self, blue) == 0; }, patience));
    }

    /// What is pasted or dropped is taken; what is no picture is said, as what goes wrong is.
    void pastesAndComplains()
    {
        show();
        AvatarDialog *dialog = openDialog();
        QVERIFY(dialog);
        auto *note = dialog->findChild<ui::Note *>();
        auto *crop = dialog->findChild<AvatarCrop *>();
        auto *paste = dialog->findChild<QPushButton *>(QStringLiteral("pasteAvatar"));
        QGuiApplication::clipboard()->setText(QStringLiteral("words"));
        QTest::mouseClick(paste, Qt::LeftButton);
        QVERIFY(note->isVisible() && note->text().contains(QStringLiteral("no picture")));
        QGuiApplication::clipboard()->setImage(plain(3000, 1500, red, blue));
        QTest::keySequence(dialog, QKeySequence::Paste);
        QVERIFY(!note->isVisible());
        QCOMPARE(crop->picture().size(), QSize(AvatarDialog::editEdge, AvatarDialog::editEdge / 2));
        // A file that is no picture leaves the one that is there.
        const QString path = m_folder.filePath(QStringLiteral("words.png"));
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly) && file.write("<svg/>") > 0);
        file.close();
        QSignalSpy ready(dialog, &AvatarDialog::ready);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        dialog->take(data);
        QVERIFY(ready.wait(patience));
        QVERIFY(note->isVisible() && crop->picture().width() == AvatarDialog::editEdge);
        // Without a connection it is said, and can be tried again.
        auto *use = dialog->findChild<QPushButton *>(QStringLiteral("useAvatar"));
        QTest::mouseClick(use, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return note->text().contains(QStringLiteral("not connected")); }, patience));
        QVERIFY(use->isEnabled());
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY(dialog->isHidden());
    }

    void dialogInAllLooks_data() { tests::addLooks(); }
    void dialogInAllLooks()
    {
        QFETCH(int, which);
        m_stage = std::make_unique<Stage>();
        const tests::Look look = tests::looks().at(which);
        const tests::InLook in(look, m_folder.path());
        auto *dialog = new AvatarDialog(m_stage->profile(), *m_stage->account(), nullptr);
        dialog->findChild<AvatarCrop *>()->setPicture(plain(400, 200, red, blue));
        dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        QCOMPARE(tests::clipped(*dialog), QStringList());
        QCOMPARE(tests::nameless(*dialog), QStringList());
        QVERIFY(in.shoot(*dialog, "avatar-dialog"));
        delete dialog;
    }

private:
    void show()
    {
        m_stage = std::make_unique<Stage>();
        m_window = std::make_unique<ui::MainWindow>(m_stage->profile(), *m_appearance);
        m_window->resize(1040, 720);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void tells(const QByteArray &who, const QByteArray &picture)
    {
        const QByteArray form = picture.isEmpty() ? QByteArray()
                                                  : "<info bytes='" + QByteArray::number(picture.size()) + "' id='"
                + xep::avatarId(picture).toLatin1() + "' type='image/png'/>";
        m_stage->server().say("<message from='" + who
                              + "'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
                                "<items node='urn:xmpp:avatar:metadata'><item id='x'>"
                                "<metadata xmlns='urn:xmpp:avatar:metadata'>"
                              + form + "</metadata></item></items></event></message>");
    }
    /// Our server publishes, and converts.
    void answerOwn()
    {
        m_stage->server().answers = [](const QByteArray &iq) -> QByteArray {
            if (!iq.contains("disco#info") || !iq.contains("romeo@montague.example"))
                return {};
            return "<iq type='result' from='romeo@montague.example' id='" + idOf(iq)
                + "'><query xmlns='http://jabber.org/protocol/disco#info'><identity category='pubsub' type='pep'/>"
                  "<feature var='urn:xmpp:pep-vcard-conversion:0'/></query></iq>";
        };
    }
    /// As the menu of one's own picture does.
    AvatarDialog *openDialog()
    {
        auto *menu = m_window->findChild<ui::PresenceMenu *>();
        for (QAction *each : menu->actions()) {
            if (!each->menu())
                continue;
            for (QAction *action : each->menu()->actions()) {
                if (action->text().contains(QStringLiteral("picture"))) {
                    action->trigger();
                    auto *dialog = m_window->findChild<AvatarDialog *>();
                    return dialog && QTest::qWaitForWindowExposed(dialog) ? dialog : nullptr;
                }
            }
        }
        return nullptr;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<ui::Appearance> m_appearance;
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<ui::MainWindow> m_window;
};

BALCONY_TEST(TestAvatars)
#include "tst_avatars.moc"
