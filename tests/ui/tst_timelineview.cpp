// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/chat/timelineview.h"
#include "ui/theme/style.h"

#include "faketimeline.h"

#include <QAccessible>
#include <QAccessibleActionInterface>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QHelpEvent>
#include <QLabel>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolTip>

#include <private/qguiapplication_p.h>
#include <qpa/qplatformaccessibility.h>
#include <qpa/qplatformintegration.h>

using model::Delivery;
using model::TimelineRow;

namespace {

QVector<QPair<QAccessible::Event, QString>> spoken;

void record(QAccessibleEvent *event)
{
    QAccessibleInterface *source = event->accessibleInterface();
    spoken.append({event->type(), source ? source->text(QAccessible::Name) : QString()});
}

TimelineRow made(qint64 index)
{
    TimelineRow row;
    row.authorName = index % 7 < 4 ? QStringLiteral("Juliet") : QStringLiteral("Romeo");
    row.outgoing = index % 7 >= 4;
    row.delivery = row.outgoing ? Delivery::Delivered : Delivery::Received;
    row.time = QDateTime(QDate(2020, 1, 1), QTime(10, 42), Qt::UTC).addSecs(index * 97);
    row.body = QStringLiteral("Message number %1 ").arg(index)
        + QStringLiteral("with some words to break into lines ").repeated(int(index % 5));
    return row;
}

TimelineRow incoming(const QString &body)
{
    TimelineRow row = made(0);
    row.time = QDateTime::currentDateTimeUtc();
    row.body = body;
    return row;
}

} // namespace

/// The view over a conversation of a million messages: what it shows, what it costs, and what stays where it is.
class TestTimelineView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(new ui::Style(ui::Theme::make({})));
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    }

    void init()
    {
        m_timeline = std::make_unique<tests::FakeTimeline>(1'000'000, made);
        m_view = std::make_unique<ui::TimelineView>();
        m_view->resize(700, 600);
        m_view->setTimeline(m_timeline.get());
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }

    void cleanup()
    {
        m_view.reset();
        m_timeline.reset();
    }

    void opensAtTheEndAndLaysOutOnlyWhatShows()
    {
        QVERIFY(m_view->isAtLatest());
        QCOMPARE(m_view->shown().constLast().key, 1'000'000);
        QCOMPARE(m_timeline->olderFetches, 0);
        QVERIFY(m_view->layoutsMade() <= 3 * m_view->shown().size());
        QVERIFY(m_view->shown().constFirst().top <= 0);
        for (int i = 1; i < m_view->shown().size(); ++i)
            QCOMPARE(m_view->shown().at(i).top, m_view->shown().at(i - 1).bottom());
    }

    void scrollStepPaintsOnlyNewRows()
    {
        m_view->scrollByPixels(-300);
        m_view->viewport()->repaint();
        const qint64 layouts = m_view->layoutsMade();
        const qint64 painted = m_view->rowsPainted();
        constexpr int steps = 20;
        for (int i = 0; i < steps; ++i) {
            const qint64 before = m_view->rowsPainted();
            m_view->scrollByPixels(-10);
            // Painting comes when the platform is ready for it; two steps before it would be painted as one whole.
            QTRY_VERIFY(m_view->rowsPainted() > before);
        }
        // The row that comes in, the one at the edge, and those behind the jump button.
        QVERIFY2(m_view->rowsPainted() - painted <= steps * 4,
                 qPrintable(QString::number(m_view->rowsPainted() - painted)));
        QVERIFY(m_view->layoutsMade() - layouts <= steps);
    }

    /// A picture after many scroll steps is the same as one painted anew.
    void scrolledPictureIsRight()
    {
        for (int i = 0; i < 40; ++i) {
            m_view->scrollByPixels(i % 5 == 4 ? 23 : -31);
            if (i % 3 == 0)
                QCoreApplication::processEvents();
        }
        QCoreApplication::processEvents();
        const QVector<ui::TimelineView::Shown> shown = m_view->shown();
        const QImage blitted = m_view->viewport()->grab().toImage();
        m_view->viewport()->update();
        QCOMPARE(m_view->viewport()->grab().toImage(), blitted);
        QVERIFY(shown.constFirst().top <= 0 && shown.constLast().bottom() >= m_view->viewport()->height());
    }

    void fetchesOlderAndStaysPut()
    {
        scrolledUp(2000);
        const int fetches = m_timeline->olderFetches;
        // On to where the window must grow upwards.
        while (m_timeline->olderFetches == fetches) {
            const qint64 anchor = m_view->shown().at(1).key;
            const int before = textTop(anchor);
            m_view->scrollByPixels(-100);
            QCOMPARE(textTop(anchor), before + 100);
            QVERIFY(m_timeline->rowsBefore() > 0);
        }
        QVERIFY(m_timeline->rowsAfter() > 0);
        QVERIFY(!m_view->isAtLatest());
    }

    void insertAboveMovesNothing()
    {
        scrolledUp(12'000);
        const qint64 key = m_view->shown().at(2).key;
        const int top = textTop(key);
        m_timeline->fetchOlder();
        QCOMPARE(textTop(key), top);
    }

    void appendMovesNothingWhileReading()
    {
        QSignalSpy latest(m_view.get(), &ui::TimelineView::atLatestChanged);
        scrolledUp(500);
        QCOMPARE(latest.size(), 1);
        const qint64 key = m_view->shown().at(2).key;
        const int top = textTop(key);
        const qint64 layouts = m_view->layoutsMade();
        for (int i = 0; i < 3; ++i)
            m_timeline->append(incoming(QStringLiteral("News")));
        QCOMPARE(textTop(key), top);
        QCOMPARE(m_view->newCount(), 3);
        QVERIFY(m_view->layoutsMade() - layouts <= 3);
        m_view->showLatest();
        QCOMPARE(m_view->newCount(), 0);
        QVERIFY(m_view->isAtLatest());
        QCOMPARE(m_view->shown().constLast().key, 1'000'003);
    }

    void appendSticksToTheBottom()
    {
        const qint64 layouts = m_view->layoutsMade();
        m_timeline->append(incoming(QStringLiteral("News")));
        QCOMPARE(m_view->shown().constLast().key, 1'000'001);
        QVERIFY(m_view->shown().constLast().bottom() <= m_view->viewport()->height());
        QVERIFY(m_view->layoutsMade() - layouts <= 3);
        QCOMPARE(m_view->newCount(), 0);
    }

    void ownMessageIsShown()
    {
        scrolledUp(800);
        TimelineRow row = incoming(QStringLiteral("Mine"));
        row.outgoing = true;
        row.delivery = Delivery::Queued;
        m_timeline->append(row);
        QVERIFY(m_view->isAtLatest());
        QCOMPARE(m_view->shown().constLast().key, 1'000'001);
    }

    void widthChangeKeepsTheAnchor()
    {
        scrolledUp(3000);
        const qint64 key = firstWhole();
        const int top = textTop(key);
        m_view->resize(430, 600);
        QCOMPARE(textTop(key), top);
        m_view->resize(900, 600);
        QCOMPARE(textTop(key), top);
    }

    void heightChangeAtTheEndKeepsTheEnd()
    {
        m_view->resize(700, 400);
        QVERIFY(m_view->isAtLatest());
        QCOMPARE(m_view->shown().constLast().key, 1'000'000);
        m_view->resize(700, 700);
        QCOMPARE(m_view->shown().constLast().key, 1'000'000);
        QVERIFY(m_view->shown().constFirst().top <= 0);
    }

    void changedRowKeepsOthers()
    {
        scrolledUp(1000);
        const qint64 key = firstWhole();
        const int top = textTop(key);
        m_timeline->change(m_timeline->indexOf(m_view->shown().constFirst().key - 1),
                           [](TimelineRow &row) { row.body = QStringLiteral("long\n").repeated(30); });
        QCOMPARE(textTop(key), top);
    }

    void scrollBarSpansEverything()
    {
        QScrollBar *bar = m_view->verticalScrollBar();
        QVERIFY(bar->maximum() > 20'000'000);
        QCOMPARE(bar->value(), bar->maximum());
        bar->setSliderDown(true);
        bar->setValue(bar->maximum() / 2);
        QVERIFY(std::abs(m_timeline->lastFraction - 0.5) < 0.01);
        bar->setSliderDown(false);
        QVERIFY(std::abs(double(m_view->shown().constFirst().key) - 500'000) < 2000);
        QVERIFY(std::abs(double(bar->value()) / bar->maximum() - 0.5) < 0.02);
        const qint64 layouts = m_view->layoutsMade();
        QVERIFY(layouts < 200);
    }

    void homeAndEnd()
    {
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QCOMPARE(m_view->shown().constFirst().key, 1);
        QVERIFY(m_view->shown().constFirst().top >= 0);
        QCOMPARE(m_view->verticalScrollBar()->value(), 0);
        QTest::keyClick(m_view.get(), Qt::Key_PageDown);
        QVERIFY(m_view->shown().constFirst().key > 1);
        QTest::keyClick(m_view.get(), Qt::Key_PageUp);
        QCOMPARE(m_view->shown().constFirst().key, 1);
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QCOMPARE(m_view->shown().constLast().key, 1'000'000);
        QVERIFY(m_view->isAtLatest());
    }

    void showsAMessageFarAway()
    {
        m_view->showMessage(123'456);
        QVERIFY(m_view->viewport()->rect().contains(m_view->rowRect(123'456).center()));
        QCOMPARE(m_view->currentKey(), 123'456);
        QVERIFY(m_timeline->rowsAfter() > 0);
    }

    void startsAtTheFirstUnread()
    {
        tests::FakeTimeline timeline(2000, [](qint64 index) {
            TimelineRow row = made(index);
            row.firstUnread = index == 1900;
            return row;
        });
        m_view->setTimeline(&timeline);
        QVERIFY(!m_view->rowRect(1901).isNull());
        QVERIFY(!m_view->isAtLatest());
        m_view->setTimeline(nullptr);
    }

    void walksByKeyboard()
    {
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QCOMPARE(m_view->currentKey(), m_view->shown().constLast().key);
        for (int i = 0; i < 40; ++i) {
            QTest::keyClick(m_view.get(), Qt::Key_Up);
            const QRect rect = m_view->rowRect(m_view->currentKey());
            QVERIFY(rect.top() >= 0 && rect.bottom() <= m_view->viewport()->height());
        }
        QCOMPARE(m_view->currentKey(), 1'000'000 - 40);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->currentKey(), 1'000'000 - 39);
        QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), made(1'000'000 - 40).body);
        QTest::keyClick(m_view.get(), Qt::Key_Escape);
        QCOMPARE(m_view->currentKey(), 0);
        QVERIFY(!m_view->hasSelection());
    }

    void menuOfACurrentRow()
    {
        m_view->setCurrentKey(999'999);
        QSignalSpy spy(m_view.get(), &ui::TimelineView::menuAboutToShow);
        QTest::keyClick(m_view.get(), Qt::Key_Menu);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.at(0).at(1).toLongLong(), 999'999);
        auto *menu = spy.at(0).at(0).value<QMenu *>();
        QVERIFY(menu && menu->actions().size() >= 3);
        menu->close();
    }

    /// Each state with its time, by the pointer and by the keyboard; the dialog follows the message.
    void statesHaveTheirTimes()
    {
        const QDateTime sent(QDate(2020, 1, 2), QTime(3, 4, 5), Qt::UTC);
        const int last = m_timeline->rowCount() - 1;
        m_timeline->change(last, [sent](TimelineRow &row) {
            row.outgoing = true;
            row.delivery = Delivery::Accepted;
            row.reached = {{Delivery::Written, sent}, {Delivery::Accepted, sent.addSecs(2)}};
        });
        const auto shown = m_view->shown().constLast();
        const QPoint mark = shown.layout->state().center() + QPoint(0, shown.top);
        QHelpEvent help(QEvent::ToolTip, mark, m_view->viewport()->mapToGlobal(mark));
        QCoreApplication::sendEvent(m_view->viewport(), &help);
        const QDate today = QDate::currentDate();
        const QString accepted = QStringLiteral("Received by the server: ") + ui::momentWords(sent.addSecs(2), today);
        QVERIFY2(QToolTip::text().startsWith(QStringLiteral("<qt>Received by the server<br>Sent: ")),
                 qPrintable(QToolTip::text()));
        QVERIFY(QToolTip::text().endsWith(accepted + QStringLiteral("</qt>")));
        QVERIFY(accepted.endsWith(ui::momentWords(sent.addSecs(2), sent.addSecs(2).toLocalTime().date())));
        QToolTip::hideText();

        m_view->setCurrentKey(m_timeline->row(last).key);
        QTest::keyClick(m_view.get(), Qt::Key_Return, Qt::AltModifier);
        const QPointer<QDialog> details = m_view->window()->findChild<QDialog *>(QStringLiteral("messageDetails"));
        QVERIFY(details);
        const auto says = [&details](const QString &text) {
            const auto labels = details->findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(), [&text](QLabel *label) { return label->text() == text; });
        };
        QVERIFY(says(ui::momentWords(sent.addSecs(2), today)));
        QVERIFY(says(QStringLiteral("received by the server")));
        QVERIFY(!says(QStringLiteral("Delivered")));
        m_timeline->change(last, [sent](TimelineRow &row) {
            row.delivery = Delivery::Delivered;
            row.reached.append({Delivery::Delivered, sent.addDays(1)});
        });
        QVERIFY(says(QStringLiteral("Delivered")));
        QVERIFY(says(ui::momentWords(sent.addDays(1), today)));
        QTest::keyClick(details, Qt::Key_Escape);
        QTRY_VERIFY(!details);
    }

    void selectsAcrossMessages()
    {
        const auto shown = m_view->shown();
        const auto &first = shown.at(shown.size() - 3);
        const auto &last = shown.constLast();
        QWidget *viewport = m_view->viewport();
        const QPoint from(int(first.layout->textPosition().x()), first.top + int(first.layout->textPosition().y()) + 4);
        const QPoint to(viewport->width() - 1, last.bottom() - 1);
        QTest::mousePress(viewport, Qt::LeftButton, {}, from);
        drag(to);
        QTest::mouseRelease(viewport, Qt::LeftButton, {}, to);
        const QStringList expected{made(999'997).body, made(999'998).body, made(999'999).body};
        QCOMPARE(m_view->selectedText(), expected.join(u'\n'));
        m_view->copy(true);
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines.at(0).startsWith(u'[') && lines.at(0).contains(made(999'997).authorName + u':'));
        QTest::mouseClick(viewport, Qt::LeftButton, {}, from);
        QVERIFY(!m_view->hasSelection());
        QTest::mouseDClick(viewport, Qt::LeftButton, {}, from + QPoint(5, 0));
        QCOMPARE(m_view->selectedText(), QStringLiteral("Message"));
    }

    void linksAndFailedRows()
    {
        TimelineRow row = incoming(QStringLiteral("https://verona.example/a"));
        m_timeline->append(row);
        QSignalSpy links(m_view.get(), &ui::TimelineView::linkActivated);
        auto shown = m_view->shown().constLast();
        const QPoint text = shown.layout->textPosition().toPoint() + QPoint(10, 8 + shown.top);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, text);
        QCOMPARE(links.size(), 1);
        QCOMPARE(links.at(0).at(0).toUrl(), QUrl(QStringLiteral("https://verona.example/a")));

        row.outgoing = true;
        row.delivery = Delivery::Failed;
        m_timeline->append(row);
        QSignalSpy retry(m_view.get(), &ui::TimelineView::retryRequested);
        QSignalSpy remove(m_view.get(), &ui::TimelineView::deleteRequested);
        shown = m_view->shown().constLast();
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
                          shown.layout->retry().center() + QPoint(0, shown.top));
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
                          shown.layout->remove().center() + QPoint(0, shown.top));
        QCOMPARE(retry.size(), 1);
        QCOMPARE(retry.at(0).at(0).toLongLong(), shown.key);
        QCOMPARE(remove.size(), 1);
    }

    /// A line says that messages are missing; only where nothing is on its way can one ask for them, by mouse and by key.
    void missingMessages()
    {
        using model::Missing;
        const int last = m_timeline->rowCount() - 1;
        const auto clicks = [&] {
            const auto &shown = m_view->shown().constLast();
            const QRect line = shown.layout->missingLine();
            QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, line.center() + QPoint(0, shown.top));
            return !line.isNull();
        };
        for (const Missing missing : {Missing::Older, Missing::Messages, Missing::Stuck}) {
            m_timeline->change(last, [missing](TimelineRow &row) { row.missing = missing; });
            QVERIFY(clicks());
            QCOMPARE(m_timeline->missingRetries, missing == Missing::Stuck ? 1 : 0);
            QVERIFY(ui::spokenRow(m_timeline->row(last), {}).contains(ui::missingWords(missing)));
        }
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        const auto menu = m_view->findChild<QMenu *>();
        QVERIFY(menu);
        const auto actions = menu->actions();
        const auto fetch = std::find_if(actions.begin(), actions.end(), [](const QAction *action) {
            return action->text() == QStringLiteral("Fetch What Is Missing Here");
        });
        QVERIFY(fetch != actions.end());
        (*fetch)->trigger();
        QCOMPARE(m_timeline->missingRetries, 2);
        menu->close();
        m_timeline->change(last, [](TimelineRow &row) { row.missing = Missing::Nothing; });
        QVERIFY(m_view->shown().constLast().layout->missingLine().isNull());
    }

    void longBodiesAreCut()
    {
        const QString body = QStringLiteral("word ").repeated(60'000);
        m_timeline->append(incoming(body));
        auto shown = m_view->shown().constLast();
        QCOMPARE(shown.layout->shownLength(), ui::RowLayout::longBody);
        QVERIFY(!shown.layout->showAll().isNull());
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
                          shown.layout->showAll().center() + QPoint(0, shown.top));
        QCOMPARE(m_view->shown().constLast().layout->shownLength(), int(body.size()));
    }

    void speaksThroughTheAccessibilityTree()
    {
        QAccessible::setActive(true);
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_view.get());
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), m_view->shown().size());
        QAccessibleInterface *last = list->child(list->childCount() - 1);
        QCOMPARE(last->role(), QAccessible::ListItem);
        QCOMPARE(last->parent(), list);
        QCOMPARE(list->indexOfChild(last), list->childCount() - 1);
        const TimelineRow row = m_timeline->row(m_timeline->rowCount() - 1);
        const QString clock = row.time.toLocalTime().toString(QStringLiteral("HH:mm"));
        QVERIFY2(last->text(QAccessible::Name).startsWith(row.authorName + QStringLiteral(", ") + clock),
                 qPrintable(last->text(QAccessible::Name)));
        QVERIFY(m_view->rect().contains(m_view->mapFromGlobal(last->rect().center())));

        // The window scrolls away: the interface of a row that left is no longer valid.
        m_view->showMessage(5);
        QVERIFY(!last->isValid());
        QCOMPARE(list->childCount(), m_view->shown().size());
    }

    /// Qt tells nobody, not even a test, as long as no screen reader runs; here one does.
    void newsAndFocusAreSpoken()
    {
        QPlatformAccessibility *platform = QGuiApplicationPrivate::platformIntegration()->accessibility();
        QVERIFY(platform);
        platform->setActive(true);
        const auto silence = qScopeGuard([platform] { platform->setActive(false); });
        QVERIFY(QAccessible::isActive());
        spoken.clear();
        const auto old = QAccessible::installUpdateHandler(record);
        m_timeline->append(incoming(QStringLiteral("Art thou not Romeo?")));
        m_view->setFocus();
        m_view->setCurrentKey(1'000'000);
        QAccessible::installUpdateHandler(old);
        const auto said = [](QAccessible::Event type, const QString &part) {
            return std::any_of(spoken.cbegin(), spoken.cend(),
                               [&](const auto &event) { return event.first == type && event.second.contains(part); });
        };
        QVERIFY(!spoken.isEmpty());
        QVERIFY(said(QAccessible::Alert, QStringLiteral("Art thou not Romeo?")));
    }

    void surveyTellsWhatShows()
    {
        QSignalSpy spy(m_view.get(), &ui::TimelineView::shownChanged);
        m_timeline->append(incoming(QStringLiteral("News")));
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.at(0).at(1).toLongLong(), 1'000'001);
    }

    /// Also with a model that is slow to bring rows: the reader stops at the edge of what there is.
    void slowModelLeavesNoGap()
    {
        m_timeline->frozen = true;
        for (int i = 0; i < 400; ++i)
            m_view->scrollByPixels(-500);
        QCOMPARE(m_view->shown().constFirst().index, 0);
        QVERIFY(m_view->shown().constLast().bottom() >= m_view->viewport()->height());
        QVERIFY(m_timeline->olderFetches > 0);
    }

private:
    void scrolledUp(int pixels)
    {
        for (int done = 0; done < pixels; done += 250)
            m_view->scrollByPixels(-250);
    }

    qint64 firstWhole() const
    {
        for (const auto &row : m_view->shown()) {
            if (row.top + row.layout->bodyTop() >= 0)
                return row.key;
        }
        return 0;
    }

    int textTop(qint64 key) const
    {
        for (const auto &row : m_view->shown()) {
            if (row.key == key)
                return row.top + row.layout->bodyTop();
        }
        return -9999;
    }

    void drag(const QPoint &to)
    {
        QMouseEvent move(QEvent::MouseMove, to, m_view->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(m_view->viewport(), &move);
    }

    std::unique_ptr<tests::FakeTimeline> m_timeline;
    std::unique_ptr<ui::TimelineView> m_view;
};

BALCONY_TEST(TestTimelineView)
#include "tst_timelineview.moc"
