// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/conversationmodel.h"
#include "model/rostermodel.h"
#include "stage.h"
#include "support/dialogue.h"
#include "support/testmain.h"
#include "ui/roster/chatlist.h"
#include "ui/roster/contacttree.h"
#include "ui/roster/matchmodel.h"
#include "ui/roster/rowpaint.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QStandardItemModel>

using tests::Stage;

namespace tests {

class PaintCounter : public QObject
{
public:
    explicit PaintCounter(QWidget *widget) { widget->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        paints += event->type() == QEvent::Paint;
        return false;
    }
    int paints = 0;
};

} // namespace tests

/// The lists of the sidebar: what they say, filter, and do by the keyboard.
class TestLists : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void chatsSpeakAsSentences()
    {
        Stage stage;
        model::ConversationModel chats(stage.profile());
        ui::ChatList list(chats);
        const QString juliet = list.filter().index(0, 0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(juliet.contains(QStringLiteral("Juliet Capulet")), qPrintable(juliet));
        QVERIFY2(juliet.contains(QStringLiteral("unread")), qPrintable(juliet));
        QVERIFY2(juliet.contains(QStringLiteral("pinned")), qPrintable(juliet));
        const int nurse = list.rowOf(stage.chatWith("nurse@capulet.example"));
        QVERIFY(
            list.filter().index(nurse, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("draft: ")));
    }

    void archivedChatsStandApart()
    {
        Stage stage;
        model::ConversationModel chats(stage.profile());
        ui::ChatList list(chats);
        const int all = list.filter().rowCount();
        const qint64 tybalt = stage.chatWith("tybalt@capulet.example");
        std::optional<Result<>> done;
        QVERIFY(tests::runs(tests::into(&done, stage.profile().conversations().setArchived(tybalt, true))));
        QCOMPARE(list.filter().rowCount(), all - 1);
        list.filter().setShow(ui::ChatFilter::Show::Archived);
        QCOMPARE(list.filter().rowCount(), 1);
        QCOMPARE(list.chatAt(0), tybalt);
        list.filter().setShow(ui::ChatFilter::Show::Unread);
        QCOMPARE(list.filter().rowCount(), 3);
    }

    void arrowsMoveAndEnterOpens()
    {
        Stage stage;
        model::ConversationModel chats(stage.profile());
        ui::ChatList list(chats);
        list.resize(320, 600);
        list.show();
        list.setFocus();
        list.setOpenChat(list.chatAt(0));
        QSignalSpy chosen(&list, &ui::RowList::chosen);
        QTest::keyClick(&list, Qt::Key_Down);
        QTest::keyClick(&list, Qt::Key_Down);
        QCOMPARE(chosen.size(), 0);
        QVERIFY(list.selectionModel()->isRowSelected(0));
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.at(0).at(0).toModelIndex().row(), 2);
    }

    /// Many changes are few drawings; the last one shows all, and what the person does shows at once.
    void aFloodIsDrawnCalmly()
    {
        QStandardItemModel model;
        model.appendRow(new QStandardItem(QStringLiteral("0")));
        ui::RowList list;
        list.setModel(&model);
        list.resize(320, 200);
        list.show();
        QVERIFY(QTest::qWaitForWindowExposed(&list));
        tests::PaintCounter counter(list.viewport());
        QElapsedTimer passed;
        passed.start();
        for (int i = 1; i <= 300; ++i) {
            model.item(0)->setText(QString::number(i));
            QCoreApplication::processEvents();
        }
        QVERIFY2(counter.paints <= passed.elapsed() / ui::RowList::calm + 2,
                 qPrintable(QString::number(counter.paints)));
        const int before = counter.paints;
        QTRY_VERIFY(list.viewport()->updatesEnabled());
        QTRY_VERIFY(counter.paints > before || passed.elapsed() > 2000);
        for (const char *by : {"pointer", "what lay over it", "keyboard"}) {
            list.viewport()->repaint(); // begins a new pause
            model.item(0)->setText(QStringLiteral("again by the %1").arg(QLatin1String(by)));
            QVERIFY(!list.viewport()->updatesEnabled());
            if (qstrcmp(by, "pointer") == 0)
                QTest::mouseMove(list.viewport(), QPoint(5, 5));
            else if (qstrcmp(by, "what lay over it") == 0)
                list.uncover();
            else
                list.setCurrentIndex(list.currentIndex().isValid() ? QModelIndex() : model.index(0, 0));
            QVERIFY(list.viewport()->updatesEnabled());
            model.item(0)->setText(QStringLiteral("and again by the %1").arg(QLatin1String(by)));
            QVERIFY(list.viewport()->updatesEnabled()); // it is not drawn yet
        }
    }

    /// Another theme is no row that changed: all is drawn at once.
    void anotherLookIsDrawnAtOnce()
    {
        QStandardItemModel model;
        model.appendRow(new QStandardItem(QStringLiteral("0")));
        ui::RowList list;
        list.setModel(&model);
        list.resize(320, 200);
        list.show();
        QVERIFY(QTest::qWaitForWindowExposed(&list));
        list.viewport()->repaint();
        model.item(0)->setText(QStringLiteral("1"));
        QPalette palette = list.palette();
        palette.setColor(QPalette::Base, Qt::red);
        list.setPalette(palette);
        QCOMPARE(list.grab().toImage().pixelColor(160, 190), QColor(Qt::red));
    }

    void contactsFoldAndHide()
    {
        Stage stage;
        model::RosterModel roster(stage.profile());
        ui::ContactTree tree(roster);
        tree.resize(320, 600);
        tree.show();
        QCOMPARE(tree.filter().rowCount(), 3); // Friends, Verona, and those in no group
        QVERIFY(tree.isExpanded(tree.filter().index(0, 0)));
        tree.setCurrentIndex(tree.filter().index(0, 0));
        QTest::keyClick(&tree, Qt::Key_Return);
        QCOMPARE(tree.closedGroups(), QStringList{QStringLiteral("Friends")});
        QVERIFY(stage.goesOnline());
        QVERIFY(!tree.isExpanded(tree.filter().index(0, 0)));
        tree.filter().setHideOffline(true);
        QCOMPARE(tree.filter().rowCount(tree.filter().index(1, 0)), 2); // Juliet and her nurse
        const QString spoken =
            tree.filter().index(1, 0, tree.filter().index(1, 0)).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.contains(QStringLiteral("Nurse")) && spoken.contains(QStringLiteral("At the market")),
                 qPrintable(spoken));
    }

    /// Every word must be found, in name or address; a contact with a chat is not listed twice.
    void matching()
    {
        Stage stage;
        model::ConversationModel chats(stage.profile());
        model::RosterModel roster(stage.profile());
        ui::MatchModel matches(chats, roster);
        QCOMPARE(matches.rowCount(), 0);
        matches.setQuery(QStringLiteral("capulet jul"), false);
        QCOMPARE(matches.rowCount(), 3); // with the way on to the messages
        QCOMPARE(matches.index(2).data(ui::MatchModel::MatchRole).value<ui::Match>().kind, ui::Match::Kind::Messages);
        QCOMPARE(matches.index(1).data(ui::MatchModel::MatchRole).value<ui::Match>().chat.title,
                 QStringLiteral("Juliet Capulet"));
        QVERIFY(!(matches.flags(matches.index(0)) & Qt::ItemIsEnabled));
        matches.setQuery(QStringLiteral("benvolio"), false);
        QCOMPARE(matches.index(matches.firstAnswer()).data(ui::MatchModel::MatchRole).value<ui::Match>().kind,
                 ui::Match::Kind::Contact);
        matches.setQuery(QStringLiteral("someone@new.example"), false);
        QCOMPARE(matches.index(matches.firstAnswer()).data(ui::MatchModel::MatchRole).value<ui::Match>().kind,
                 ui::Match::Kind::Address);
        matches.setQuery(QStringLiteral("not @ all"), false);
        QCOMPARE(matches.firstAnswer(), -1);
    }

    void timesAreShort()
    {
        const QDateTime now(QDate(2026, 3, 12), QTime(15, 0));
        QCOMPARE(ui::shortTime(QDateTime(QDate(2026, 3, 12), QTime(9, 5)), now), QStringLiteral("09:05"));
        QCOMPARE(ui::shortTime(QDateTime(QDate(2026, 3, 11), QTime(23, 59)), now), QStringLiteral("Yesterday"));
        QCOMPARE(ui::shortTime(QDateTime(QDate(2026, 3, 8), QTime(9, 5)), now), QStringLiteral("Sunday"));
        QCOMPARE(ui::shortTime(QDateTime(QDate(2025, 3, 8), QTime(9, 5)), now), QStringLiteral("08/03/2025"));
        // A clock that goes wrong shows a time, and no negative days.
        QCOMPARE(ui::shortTime(QDateTime(QDate(2026, 3, 14), QTime(9, 5)), now), QStringLiteral("09:05"));
    }
};

BALCONY_TEST(TestLists)
#include "tst_lists.moc"
