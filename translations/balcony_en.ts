<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ui::Badge</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::CatchUpBar</name>
    <message numerus="yes">
        <source>Fetching %n message(s) that you missed…</source>
        <translation>
            <numerusform>Fetching %n message that you missed…</numerusform>
            <numerusform>Fetching %n messages that you missed…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ChatList</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ExportDialog</name>
    <message numerus="yes">
        <source>%n message(s) were written to %1.</source>
        <extracomment>%1 is the path of a file.</extracomment>
        <translation>
            <numerusform>%n message was written to %1.</numerusform>
            <numerusform>%n messages were written to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::JumpButton</name>
    <message numerus="yes">
        <source>Go to the newest message, %n new</source>
        <translation>
            <numerusform>Go to the newest message, %n new</numerusform>
            <numerusform>Go to the newest message, %n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::KeepWords</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Notices</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) from people who are not your contacts</source>
        <translation>
            <numerusform>%n message from people who are not your contacts</numerusform>
            <numerusform>%n messages from people who are not your contacts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In %n chat(s)</source>
        <translation>
            <numerusform>In %n chat</numerusform>
            <numerusform>In %n chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::RequestBar</name>
    <message numerus="yes">
        <source>%n more waiting</source>
        <translation>
            <numerusform>%n more waiting</numerusform>
            <numerusform>%n more waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SearchPanel</name>
    <message numerus="yes">
        <source>The newest %n message(s)</source>
        <translation>
            <numerusform>The newest %n message</numerusform>
            <numerusform>The newest %n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) found</source>
        <translation>
            <numerusform>%n message found</numerusform>
            <numerusform>%n messages found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SendFilesDialog</name>
    <message numerus="yes">
        <source>At most %n file(s) can be sent at once; the rest was left out.</source>
        <translation>
            <numerusform>At most %n file can be sent at once; the rest were left out.</numerusform>
            <numerusform>At most %n files can be sent at once; the rest were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be read and were left out.</source>
        <translation>
            <numerusform>%n file cannot be read and was left out.</numerusform>
            <numerusform>%n files cannot be read and were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n file(s)</source>
        <translation>
            <numerusform>Send %n file</numerusform>
            <numerusform>Send %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Sidebar</name>
    <message numerus="yes">
        <source>%n accounts</source>
        <translation>
            <numerusform>%n account</numerusform>
            <numerusform>%n accounts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::StateBar</name>
    <message numerus="yes">
        <source>%1 Next try in %n s.</source>
        <extracomment>%1 is a sentence that says why there is no connection.</extracomment>
        <translation>
            <numerusform>%1 Next try in %n s.</numerusform>
            <numerusform>%1 Next try in %n s.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 Next try as soon as there is a network, or in %n s.</source>
        <extracomment>%1 is a sentence that says that there is no network.</extracomment>
        <translation>
            <numerusform>%1 Next try as soon as there is a network, or in %n s.</numerusform>
            <numerusform>%1 Next try as soon as there is a network, or in %n s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Timeline</name>
    <message numerus="yes">
        <source>%n more</source>
        <extracomment>At the end of a list of those who reacted to a message.</extracomment>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>+%n</source>
        <extracomment>In the place of the reactions to a message that there is no room for.</extracomment>
        <translation>
            <numerusform>+%n</numerusform>
            <numerusform>+%n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reaction(s): %1</source>
        <extracomment>What a screen reader says of a message: %1 lists the reactions, as in &quot;2 reactions: 👍 2&quot;.</extracomment>
        <translation>
            <numerusform>%n reaction: %1</numerusform>
            <numerusform>%n reactions: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Tray</name>
    <message numerus="yes">
        <source>Balcony: %1, %n unread message(s)</source>
        <extracomment>What is said of the icon in the tray; %1 is one&apos;s own presence.</extracomment>
        <translation>
            <numerusform>Balcony: %1, %n unread message</numerusform>
            <numerusform>Balcony: %1, %n unread messages</numerusform>
        </translation>
    </message>
</context>
</TS>
