// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/chat/timelineview.h"
#include "ui/language.h"
#include "ui/theme/style.h"

#include "faketimeline.h"
#include "looks.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QHelpEvent>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolTip>

using model::Delivery;
using model::TimelineRow;
using ui::RowLayout;
using ui::TimelineView;

namespace {

constexpr qint64 total = 2000;

TimelineRow said(qint64 index)
{
    TimelineRow row;
    row.outgoing = index % 2 == 1;
    row.authorName = row.outgoing ? QStringLiteral("Romeo") : QStringLiteral("Juliet");
    row.delivery = row.outgoing ? Delivery::Delivered : Delivery::Received;
    row.canChange = row.outgoing;
    row.time = QDateTime(QDate(2020, 1, 1), QTime(10, 42), Qt::UTC).addSecs(index * 400);
    row.body = QStringLiteral("Message number %1").arg(index + 1);
    return row;
}

model::RowReply replyTo(qint64 key)
{
    return {key, QStringLiteral("Juliet"), QStringLiteral("O Romeo, Romeo!\nwherefore art thou Romeo?"), false};
}

model::RowReaction reaction(const char *sign, const QStringList &names, bool own = false)
{
    return {QString::fromUtf8(sign), names, own};
}

} // namespace

/// What a message can be beside its text: an answer, changed, taken back, reacted to; seen, heard, clicked and by key.
class TestMessageKinds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        // For the plural forms.
        ui::installTranslators(*qApp, QStringLiteral("en"), m_profile.path());
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    }

    void init()
    {
        wear({});
        m_timeline = std::make_unique<tests::FakeTimeline>(total, said);
        m_view = std::make_unique<TimelineView>();
        m_view->resize(700, 600);
        m_view->setChangesEnabled(true);
        m_view->setTimeline(m_timeline.get());
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->setFocus();
    }

    void cleanup()
    {
        QToolTip::hideText();
        m_view.reset();
        m_timeline.reset();
    }

    void anEditedMessageSaysSo()
    {
        change([](TimelineRow &row) { row.edited = true; });
        QVERIFY(!last().layout->edited().isNull());
        QVERIFY(!last().layout->edited().intersects(last().layout->time()));
        QVERIFY(m_view->spoken(total).contains(QStringLiteral("edited")));
        QCOMPARE(tipAt(last().layout->edited()), QStringLiteral("<qt>Edited. A click shows what it said before.</qt>"));
        m_view->setDensity(ui::Density::Compact);
        QVERIFY(!last().layout->edited().isNull());
        QVERIFY(!last().layout->edited().intersects(last().layout->state()));
        change([](TimelineRow &row) { row.edited = false; });
        QVERIFY(last().layout->edited().isNull());
    }

    /// A click on the mark, or the details: what it said before, as plain text, and following the message.
    void anEditedMessageHasItsHistory()
    {
        change([](TimelineRow &row) {
            row.edited = true;
            row.body = QStringLiteral("third");
        });
        const QDateTime said(QDate(2026, 11, 1), QTime(10, 42), Qt::UTC);
        m_timeline->versions = {{QStringLiteral("<b>first</b>"), said}, {QStringLiteral("second"), said.addSecs(9)}};
        click(last().layout->edited());
        const QPointer<QDialog> details = m_view->window()->findChild<QDialog *>(QStringLiteral("messageDetails"));
        QVERIFY(details);
        auto *versions = details->findChild<QScrollArea *>(QStringLiteral("messageVersions"));
        QVERIFY(versions && versions->isVisible());
        const auto says = [versions](const QString &text) {
            const auto labels = versions->findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(), [&text](const QLabel *label) {
                return label->text() == text && label->textFormat() == Qt::PlainText;
            });
        };
        QVERIFY(says(QStringLiteral("<b>first</b>")) && says(QStringLiteral("second")));
        QVERIFY(!says(QStringLiteral("third")));
        m_timeline->versions.append({QStringLiteral("third"), said.addSecs(99)});
        change([](TimelineRow &row) { row.body = QStringLiteral("fourth"); });
        QVERIFY(says(QStringLiteral("third")));
        // Taken back: nothing of it is left.
        change([](TimelineRow &row) {
            row.retracted = true;
            row.edited = false;
        });
        QVERIFY(!versions->isVisible());
        QTest::keyClick(details, Qt::Key_Escape);
        QTRY_VERIFY(!details);
    }

    void aDeletedMessageKeepsOnlyItsPlace()
    {
        change([](TimelineRow &row) {
            row.retracted = row.edited = true;
            row.body.clear();
            row.reply = replyTo(1);
            row.reactions = {reaction("👍", {QStringLiteral("Juliet")})};
        });
        const RowLayout &layout = *last().layout;
        QCOMPARE(layout.text().text(), QStringLiteral("This message was deleted"));
        QCOMPARE(layout.shownLength(), 0);
        QVERIFY(layout.quote().isNull() && layout.reactions().chips().isEmpty() && layout.edited().isNull());
        QVERIFY(m_view->spoken(total).contains(QStringLiteral("This message was deleted")));
        QVERIFY(!m_view->spoken(total).contains(QStringLiteral("reply")));
        // It is none of what people said: neither to select nor to copy.
        const QPoint middle = layout.textPosition().toPoint() + QPoint(40, 5);
        QCOMPARE(layout.partAt(middle), ui::RowPart::None);
        QCOMPARE(layout.cursorAt(middle), 0);
        m_view->selectAll();
        QVERIFY(!m_view->selectedText().contains(QStringLiteral("deleted")));
        QVERIFY(m_view->selectedText().endsWith(QStringLiteral("Message number 1999")));
        QMenu *menu = menuOf(total);
        for (const char *name : {"replyAction", "editAction", "retractAction", "quotedAction"})
            QVERIFY2(!menu->findChild<QAction *>(QLatin1String(name)), name);
        QVERIFY(!menu->findChild<QMenu *>(QStringLiteral("reactMenu")));
        menu->close();
    }

    /// A change that waits has the clock of a message that waits.
    void aChangeThatWaitsShows()
    {
        change([](TimelineRow &row) { row.delivery = Delivery::Queued; });
        const QImage queued = pictureOf(last().layout->state());
        change([](TimelineRow &row) { row.delivery = Delivery::Displayed; });
        const QImage displayed = pictureOf(last().layout->state());
        QVERIFY(displayed != queued);
        change([](TimelineRow &row) { row.changeWaits = true; });
        QCOMPARE(pictureOf(last().layout->state()), queued);
        QVERIFY(m_view->spoken(total).contains(QStringLiteral("the change waits to be sent")));
        QCOMPARE(tipAt(last().layout->state()), QStringLiteral("<qt>The change waits to be sent</qt>"));
        change([](TimelineRow &row) { row.retracted = true; });
        QVERIFY(m_view->spoken(total).contains(QStringLiteral("the deletion waits to be sent")));
        change([](TimelineRow &row) {
            row.changeWaits = row.retracted = false;
            row.delivery = Delivery::Failed;
        });
        QCOMPARE(last().layout->removeWords(), QStringLiteral("Delete"));
        change([](TimelineRow &row) { row.changeFailed = true; });
        QCOMPARE(last().layout->removeWords(), QStringLiteral("Discard Change"));
    }

    /// A click on the quote leads to its source, however far away; it lights up there and has the keyboard.
    void aQuoteLeadsToItsSource()
    {
        change([](TimelineRow &row) { row.reply = replyTo(7); });
        const RowLayout &layout = *last().layout;
        QVERIFY(!layout.quote().isNull());
        QVERIFY(layout.bubble().contains(layout.quote().rect()));
        QVERIFY(layout.quote().rect().bottom() < layout.textPosition().y());
        QVERIFY(m_view->spoken(total).contains(QStringLiteral("reply to Juliet: O Romeo, Romeo!")));
        click(layout.quote().rect());
        QCOMPARE(m_view->currentKey(), 7);
        const QRect source = m_view->rowRect(7);
        QVERIFY(m_view->viewport()->rect().contains(source.center()));
        const ui::Theme::Colors &c = ui::Theme::of(m_view.get()).colors;
        const auto edge = [&] {
            return m_view->viewport()->grab().toImage().pixelColor(1, m_view->rowRect(7).center().y());
        };
        QCOMPARE(edge(), c.selected);
        QTRY_COMPARE_WITH_TIMEOUT(edge(), c.surface, 20'000);
    }

    void theMenuLeadsThereToo()
    {
        change([](TimelineRow &row) { row.reply = replyTo(total - 3); });
        menuOf(total)->findChild<QAction *>(QStringLiteral("quotedAction"))->trigger();
        QCOMPARE(m_view->currentKey(), total - 3);
        QVERIFY(!m_view->rowRect(total - 3).isNull());
    }

    void aQuoteOfWhatIsNotHereLeadsNowhere()
    {
        change([](TimelineRow &row) {
            row.reply = model::RowReply{};
            row.reply->authorName = QStringLiteral("Juliet");
        });
        const QRect quote = last().layout->quote().rect();
        QVERIFY(!quote.isNull());
        QCOMPARE(last().layout->partAt(quote.center()), ui::RowPart::None);
        click(quote);
        QCOMPARE(m_view->currentKey(), total);
        QVERIFY(m_view->spoken(total).contains(QStringLiteral("reply to Juliet: This message is not here")));
        QMenu *menu = menuOf(total);
        QVERIFY(!menu->findChild<QAction *>(QStringLiteral("quotedAction")));
        menu->close();
        change([](TimelineRow &row) { row.reply = model::RowReply{5, {}, {}, true}; });
        QVERIFY(m_view->spoken(total).contains(QStringLiteral("reply to: This message was deleted")));
    }

    void chipsToggle()
    {
        change([](TimelineRow &row) {
            row.reactions = {reaction("👍", {QStringLiteral("Juliet"), QStringLiteral("<b>Nurse</b>")}, true),
                             reaction("🌹", {QStringLiteral("Juliet")})};
        });
        const auto chips = last().layout->reactions().chips();
        QCOMPARE(chips.size(), 2);
        QCOMPARE(chips.at(0).count, QStringLiteral("3"));
        QVERIFY(chips.at(0).own && !chips.at(1).own);
        QVERIFY(!chips.at(0).rect.intersects(chips.at(1).rect));
        QVERIFY(chips.at(0).rect.top() > last().layout->bubble().bottom());
        QVERIFY(chips.at(1).rect.bottom() < last().layout->height());
        QSignalSpy toggled(m_view.get(), &TimelineView::reactionToggled);
        click(chips.at(1).rect);
        QCOMPARE(toggled.size(), 1);
        QCOMPARE(toggled.at(0).at(0).toLongLong(), total);
        QCOMPARE(toggled.at(0).at(1).toString(), QStringLiteral("🌹"));
        // Who it was, as plain text, whatever they are called.
        const QString tip = tipAt(chips.at(0).rect);
        QVERIFY2(tip.contains(QStringLiteral("&lt;b&gt;Nurse")) && tip.contains(QStringLiteral("you")),
                 qPrintable(tip));
        QVERIFY(m_view->spoken(total).contains(QStringLiteral("4 reactions: 👍 3, 🌹 1")));
        m_view->setChangesEnabled(false);
        click(chips.at(1).rect);
        QCOMPARE(toggled.size(), 1);
    }

    /// Whatever somebody sends as a reaction, and however much, the row stays in shape.
    void chipsStayInTheirRow_data()
    {
        QTest::addColumn<bool>("mirrored");
        QTest::addColumn<bool>("compact");
        QTest::addColumn<int>("width");
        for (const bool mirrored : {false, true}) {
            for (const bool compact : {false, true}) {
                for (const int width : {280, 700})
                    QTest::addRow("%d %d %d", mirrored, compact, width) << mirrored << compact << width;
            }
        }
    }

    void chipsStayInTheirRow()
    {
        QFETCH(bool, mirrored);
        QFETCH(bool, compact);
        QFETCH(int, width);
        m_view->setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
        m_view->setDensity(compact ? ui::Density::Compact : ui::Density::Comfortable);
        m_view->resize(width, 600);
        for (const int index : {int(m_timeline->rowCount()) - 2, int(m_timeline->rowCount()) - 1}) {
            m_timeline->change(index, [](TimelineRow &row) {
                row.edited = true;
                row.reply = replyTo(3);
                row.reactions.append(reaction("no sign at all but a very long text", {QStringLiteral("Tybalt")}));
                for (int i = 0; i < 40; ++i)
                    row.reactions.append(reaction("👍", {QStringLiteral("Juliet")}, i % 3 == 0));
            });
        }
        for (const TimelineView::Shown &shown : {last(), m_view->shown().at(m_view->shown().size() - 2)}) {
            const RowLayout &layout = *shown.layout;
            const QRect whole(0, 0, m_view->viewport()->width(), layout.height());
            const auto chips = layout.reactions().chips();
            QCOMPARE(chips.size(), ui::RowReactions::mostChips + 1);
            QCOMPARE(chips.constLast().index, -1);
            QCOMPARE(chips.constLast().count, QStringLiteral("+21"));
            for (qsizetype i = 0; i < chips.size(); ++i) {
                QVERIFY(whole.contains(chips.at(i).rect));
                QVERIFY(!chips.at(i).rect.intersects(layout.bubble()));
                for (qsizetype k = 0; k < i; ++k)
                    QVERIFY(!chips.at(i).rect.intersects(chips.at(k).rect));
                QCOMPARE(layout.partAt(chips.at(i).rect.center()), ui::RowPart::Reaction);
                QCOMPARE(layout.reactionAt(chips.at(i).rect.center()), chips.at(i).index);
            }
            QVERIFY(layout.bubble().contains(layout.quote().rect()));
            QCOMPARE(layout.partAt(layout.quote().rect().center()), ui::RowPart::Quote);
            QVERIFY(!layout.edited().intersects(layout.time()) && !layout.edited().intersects(layout.state()));
        }
    }

    /// Our own reaction is seen without colours, too.
    void ownChipsDifferWithoutColour()
    {
        for (const bool sharp : {false, true}) {
            ui::Theme::Wish wish;
            wish.highContrast = sharp;
            wear(wish);
            QVector<QImage> pictures;
            for (const bool own : {false, true}) {
                change([own](TimelineRow &row) {
                    row.reactions = {reaction("👍", own ? QStringList() : QStringList{QStringLiteral("Juliet")}, own)};
                });
                const QRect chip = last().layout->reactions().chips().at(0).rect;
                pictures.append(pictureOf(chip).convertToFormat(QImage::Format_Grayscale8));
            }
            QVERIFY(pictures.at(0) != pictures.at(1));
        }
    }

    void theMenuOffersWhatCanBeDone()
    {
        QSignalSpy replies(m_view.get(), &TimelineView::replyRequested);
        QSignalSpy edits(m_view.get(), &TimelineView::editRequested);
        QSignalSpy toggled(m_view.get(), &TimelineView::reactionToggled);
        change([](TimelineRow &row) {
            row.reactions = {reaction("❤", {QStringLiteral("Juliet")}, true), reaction("🌹", {QStringLiteral("Nurse")})};
        });
        QMenu *menu = menuOf(total);
        menu->findChild<QAction *>(QStringLiteral("replyAction"))->trigger();
        QCOMPARE(replies.at(0).at(0).toLongLong(), total);
        menu->findChild<QAction *>(QStringLiteral("editAction"))->trigger();
        QCOMPARE(edits.at(0).at(0).toLongLong(), total);
        QStringList signs;
        QStringList checked;
        for (QAction *action : menu->findChild<QMenu *>(QStringLiteral("reactMenu"))->actions()) {
            if (action->isSeparator())
                continue;
            QVERIFY(action->isCheckable());
            signs.append(action->data().toString());
            if (action->isChecked())
                checked.append(action->data().toString());
        }
        // The heart as it was given, so that it can be taken back.
        const QStringList all{QStringLiteral("👍"), QStringLiteral("❤"), QStringLiteral("😂"), QStringLiteral("😮"),
                              QStringLiteral("😢"), QStringLiteral("🙏"), QStringLiteral("🌹")};
        QCOMPARE(signs, all);
        QCOMPARE(checked, QStringList{QStringLiteral("❤")});
        menu->findChild<QMenu *>(QStringLiteral("reactMenu"))->actions().at(1)->trigger();
        QCOMPARE(toggled.at(0).at(1).toString(), QStringLiteral("❤"));
        menu->close();

        // What somebody else wrote is theirs; and where nothing can be changed, nothing is offered.
        menu = menuOf(total - 1);
        QVERIFY(menu->findChild<QAction *>(QStringLiteral("replyAction")));
        QVERIFY(!menu->findChild<QAction *>(QStringLiteral("editAction")));
        QVERIFY(!menu->findChild<QAction *>(QStringLiteral("retractAction")));
        menu->close();
        m_view->setChangesEnabled(false);
        menu = menuOf(total);
        QVERIFY(!menu->findChild<QAction *>(QStringLiteral("replyAction")));
        QVERIFY(!menu->findChild<QAction *>(QStringLiteral("editAction")));
        menu->close();
    }

    void menuLooks_data() { tests::addLooks(); }

    void menuLooks()
    {
        QFETCH(int, which);
        const QTemporaryDir folder;
        const tests::InLook look(tests::looks().at(which), folder.path());
        change([](TimelineRow &row) {
            row.reply = replyTo(5);
            row.reactions = {reaction("👍", {QStringLiteral("Juliet"), QStringLiteral("Nurse & Co")}, true),
                             reaction("🌹", {QStringLiteral("Nurse")})};
        });
        QMenu *menu = menuOf(total);
        QVERIFY(look.shoot(*menu, "menu-message"));
        QVERIFY(look.shoot(*menu->findChild<QMenu *>(QStringLiteral("reactMenu")), "menu-react"));
        menu->close();
        m_view->setCurrentKey(0);
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QTest::keyClick(m_view.get(), Qt::Key_Delete);
        QVERIFY(question());
        QCOMPARE(tests::clipped(*question()), QStringList());
        QVERIFY(look.shoot(*question(), "question-retract"));
        question()->close();
    }

    void takingBackAsksFirst()
    {
        QSignalSpy retracted(m_view.get(), &TimelineView::retractRequested);
        m_view->setCurrentKey(total - 1);
        QTest::keyClick(m_view.get(), Qt::Key_Delete);
        QVERIFY(!question());
        m_view->setCurrentKey(total);
        QTest::keyClick(m_view.get(), Qt::Key_Delete);
        QVERIFY(question());
        QTest::keyClick(question(), Qt::Key_Escape);
        QTRY_VERIFY(!question());
        QCOMPARE(retracted.size(), 0);
        menuOf(total)->findChild<QAction *>(QStringLiteral("retractAction"))->trigger();
        QVERIFY(question());
        for (auto *button : question()->findChildren<QPushButton *>()) {
            if (button->text().contains(QStringLiteral("Everyone")))
                button->click();
        }
        QCOMPARE(retracted.size(), 1);
        QCOMPARE(retracted.at(0).at(0).toLongLong(), total);
    }

    void keysReplyAndEdit()
    {
        QSignalSpy replies(m_view.get(), &TimelineView::replyRequested);
        change([](TimelineRow &row) { row.retracted = true; });
        QTest::keyClick(m_view.get(), Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(replies.size(), 1);
        QCOMPARE(replies.at(0).at(0).toLongLong(), total - 1);
        m_view->setCurrentKey(total - 2);
        QTest::keyClick(m_view.get(), Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(replies.at(1).at(0).toLongLong(), total - 2);
        // One that cannot be answered is not replaced by another one.
        m_view->setCurrentKey(total);
        QTest::keyClick(m_view.get(), Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(replies.size(), 2);

        // The last one of our own that can be changed, also from far away.
        QSignalSpy edits(m_view.get(), &TimelineView::editRequested);
        m_view->showMessage(5);
        QVERIFY(m_timeline->rowsAfter() > 0);
        m_view->editLast();
        QTRY_COMPARE(edits.size(), 1);
        QCOMPARE(edits.at(0).at(0).toLongLong(), total); // made anew by the model, and not deleted
        QVERIFY(m_view->isAtLatest());
        m_view->setChangesEnabled(false);
        m_view->editLast();
        m_view->replyToCurrent();
        QCOMPARE(edits.size(), 1);
        QCOMPARE(replies.size(), 2);
    }

    /// Styling, quotes and chips change nothing about what is selected and copied.
    void selectsAcrossAllKinds()
    {
        const QStringList bodies{QStringLiteral("*strong* and _more_"), QStringLiteral("> quoted\nanswer"),
                                 QStringLiteral("```\ncode();\n```")};
        for (int i = 0; i < 3; ++i) {
            m_timeline->change(m_timeline->rowCount() - 3 + i, [&](TimelineRow &row) {
                row.body = bodies.at(i);
                row.reply = replyTo(3);
                row.reactions = {reaction("👍", {QStringLiteral("Juliet")})};
            });
        }
        const auto first = m_view->shown().at(m_view->shown().size() - 3);
        const QPoint from(int(first.layout->textPosition().x()), first.top + int(first.layout->textPosition().y()) + 4);
        const QPoint to(m_view->viewport()->width() - 1, last().bottom() - 1);
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, m_view->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(m_view->viewport(), &move);
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, to);
        QCOMPARE(m_view->selectedText(), bodies.join(u'\n'));
        m_view->copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), bodies.join(u'\n'));
        // A word inside the marks is a word.
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, from + QPoint(20, 0));
        QCOMPARE(m_view->selectedText(), QStringLiteral("strong"));
    }

private:
    static void wear(const ui::Theme::Wish &wish)
    {
        const ui::Theme theme = ui::Theme::make(wish);
        QApplication::setStyle(new ui::Style(theme));
        QApplication::setPalette(theme.palette());
    }

    /// Changes the newest row.
    void change(const std::function<void(TimelineRow &)> &f) { m_timeline->change(m_timeline->rowCount() - 1, f); }
    TimelineView::Shown last() const { return m_view->shown().constLast(); }

    void click(const QRect &part)
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, part.center() + QPoint(0, last().top));
    }

    QImage pictureOf(const QRect &part) const
    {
        return m_view->viewport()->grab(part.translated(0, last().top)).toImage();
    }

    QString tipAt(const QRect &part)
    {
        const QPoint place = part.center() + QPoint(0, last().top);
        QHelpEvent help(QEvent::ToolTip, place, m_view->viewport()->mapToGlobal(place));
        QCoreApplication::sendEvent(m_view->viewport(), &help);
        return QToolTip::text();
    }

    QMenu *menuOf(qint64 key)
    {
        QSignalSpy spy(m_view.get(), &TimelineView::menuAboutToShow);
        m_view->openMenu(key, m_view->mapToGlobal(m_view->rect().center()));
        return spy.isEmpty() ? nullptr : spy.at(0).at(0).value<QMenu *>();
    }

    QDialog *question() const { return m_view->window()->findChild<QDialog *>(QStringLiteral("retractQuestion")); }

    QTemporaryDir m_profile;
    std::unique_ptr<tests::FakeTimeline> m_timeline;
    std::unique_ptr<TimelineView> m_view;
};

BALCONY_TEST(TestMessageKinds)
#include "tst_messagekinds.moc"
