<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ui::AccountCard</name>
    <message>
        <source>Use this account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New Password…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the account %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New password for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the account %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the account and its chats from this computer? The account on the server stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove Account and Chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::AccountState</name>
    <message>
        <source>Turned off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the next try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::AccountsPage</name>
    <message>
        <source>No account yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Account…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the Accounts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::AddContactDialog</name>
    <message>
        <source>A&amp;ccount</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;dd Contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a Contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name@example.org</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are asked whether you may see when they are online.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As you want to call them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adding the contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not connected; contacts can be added while it is online.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no account; sign in first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is your own address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is in your contact list already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the address of the person.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::AddressInput</name>
    <message>
        <source>An address has an @ in the middle, like name@example.org.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name before the @ is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server after the @ is missing or not complete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An address has only one @.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out the / and what follows it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name before the @ has a character that is not allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What stands after the @ is not the name of a server.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::AppearancePage</name>
    <message>
        <source>&amp;High contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the s&amp;ystem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes effect when Balcony starts the next time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <extracomment>The size of text in per cent of the system&apos;s.</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::Avatar</name>
    <message>
        <source>available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>do not disturb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>%1 is a person&apos;s name, %2 a presence such as &quot;away&quot;.</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::Badge</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Banner</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::Composer</name>
    <message>
        <source>Send message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::ConnectionOptions</name>
    <message>
        <source>&amp;Allow a readable password inside the encrypted connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ser&amp;ver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encr&amp;yption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STARTTLS: encrypted right after connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Direct TLS: encrypted from the first byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection is always encrypted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not the name of a server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number from 1 to 65535.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::ErrorText</name>
    <message>
        <source>This was stopped before it was done: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer came in time: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network failed; check your internet connection: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection could not be made safe, so it was ended: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server refused the sign-in: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server ended the connection: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other side refused: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other side did not keep to the protocol: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be saved or read on this computer: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password could not be kept or read: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This does not make sense; check what you entered: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not supported: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This server does not exist; check how its name is spelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no server named %1; check how it is spelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s address could not be looked up; check your internet connection and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address of %1 could not be looked up; check your internet connection and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This domain says that it has no chat service; check the part after the @.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 says that it has no chat service; check the part of the address after the @.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server refuses connections; it may be down, or its name or port may be wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 refuses connections; it may be down, or the server name or port may be wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not answer in time; it may be down, or a firewall may be in the way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 did not answer in time; it may be down, or a firewall may be in the way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server cannot be reached; check your internet connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be reached; check your internet connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy did not connect to the server; check the proxy&apos;s settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy did not connect to %1; check the proxy&apos;s settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to the server was lost; it will be tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to %1 was lost; it will be tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection was cut off in the middle; it will be tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to %1 was cut off in the middle; it will be tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account is not connected; try again when it is online.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not connected; try again when it is online.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No answer came in time; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 did not answer in time; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not answer the request in time; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server showed a certificate for another name, so it may be an impostor; check the address, or tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server showed a certificate for another name than %1, so it may be an impostor; check the address, or tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server vouches only for itself (its certificate is self-signed), so it may be an impostor; only its operator can mend this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server of %1 vouches only for itself (its certificate is self-signed), so it may be an impostor; only its operator can mend this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s certificate comes from an authority that this computer does not trust; only the server&apos;s operator can mend this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of %1 comes from an authority that this computer does not trust; only the server&apos;s operator can mend this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s certificate has expired; check this computer&apos;s date, or tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of %1 has expired; check this computer&apos;s date, or tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid yet; check this computer&apos;s date and time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid yet; check this computer&apos;s date and time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s certificate has been withdrawn, so nobody should trust it; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of %1 has been withdrawn, so nobody should trust it; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not acceptable; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of %1 is not acceptable; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An encrypted connection could not be set up; check the port and the kind of encryption, or tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An encrypted connection to %1 could not be set up; check the port and the kind of encryption, or tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server offers no encryption, so nothing was sent to it; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 offers no encryption, so nothing was sent to it; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server offered encryption and then refused it; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 offered encryption and then refused it; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody on the way may have tampered with the connection; it was ended, and will be tried again on a network you trust.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in cannot be tied to this encrypted connection; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address or the password is wrong; check both and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password for %1 is wrong, or there is no such account; check both and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password of this account is needed; please enter it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password of %1 is needed; please enter it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password has expired; set a new one with your server&apos;s operator, then enter it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password of %1 has expired; set a new one with your server&apos;s operator, then enter it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password contains characters that XMPP does not allow; check it and type it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file that holds the password cannot be read; check that it exists and that you may read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account has been disabled; ask the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account %1 has been disabled; ask the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server cannot check passwords right now; it will be tried again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server wants the password in readable form, which this account does not allow; you can allow it under connection options if you trust the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server offers no way to sign in that Balcony supports; ask the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server demands a stronger way to sign in than it offered; ask the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server refused the way to sign in that it had offered; ask the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server demands encryption before the sign-in and did not recognise it; ask the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not let you sign in under this address; check it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server could not read the sign-in data; try again, or ask the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not understand the sign-in; try again, or ask the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in was broken off; try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s sign-in data makes no sense, so the password was not used; ask the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server&apos;s answer belongs to another sign-in, as if somebody replayed it; the password was not used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server protects passwords too weakly, so nothing was sent; ask its operator to raise the SCRAM iterations.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server demands an unreasonable amount of computing for a sign-in, so it was broken off; ask its operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not prove that it knows this account, so it may be an impostor; the connection was ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not prove that it knows %1, so it may be an impostor; the connection was ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server signed you in under another address than yours, so the connection was ended; ask its operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server signed you in under another address than %1, so the connection was ended; ask its operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program signed in to this account in the same place and took over; connect again to take it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program signed in to %1 in the same place and took over; connect again to take it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not serve this domain; check the address and the server name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not serve %1; check the address and the server name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server no longer serves this domain; ask its operator where it went.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server no longer serves %1; ask its operator where it went.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sends you to another server; ask its operator for the right server name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is shutting down; it will be tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server asks for a fresh connection; it will be tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server heard nothing for too long and closed the connection; it will be tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is too busy right now; it will be tried again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server closed the connection because one of its rules was broken; ask its operator which.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server closed the connection because the sign-in was not complete; try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server has an internal fault; it will be tried again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server could not reach another server that it depends on; it will be tried again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server closed the connection without giving a reason; it will be tried again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two sides do not understand each other&apos;s XML; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name in the stream has an unknown namespace; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A message had no valid address for the server; try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An address in the stream does not belong to this connection, so it was ended; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What answered is not a chat server for people; check the server name and the port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What answered does not speak XMPP; check the server name and the port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What came over the connection is not well-formed XML, so it was ended; check the server name and the port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream used XML that XMPP forbids, so it was ended; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream is not in UTF-8, so it was ended; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server demands a feature that Balcony does not have; ask its operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream held something that does not belong there, so it was ended; tell the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server speaks an XMPP version that is too old; ask its operator to update it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sent more than is reasonable, so the connection was ended to protect this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other side did not understand the request; its program may be too old or faulty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This name is taken already; choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other side does not support this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not support this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are not allowed to do this; ask the owner or the server&apos;s operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This address is no longer in use; ask for the new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is no longer in use; ask for the new address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server could not do this because of an internal fault; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other side does not have what was asked for; check the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not found; check how it is spelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other side does not accept this; change it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not allow this to anyone; ask its operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You must sign in or give a password before you can do this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This breaks a rule of the server; it may be too long, too often or unwanted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They cannot be reached right now; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be reached right now; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This has moved to another address; ask for the new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has moved to another address; ask for the new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only registered members can do this; register first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other server does not exist or cannot be found; check the part of the address after the @.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server of %1 cannot be found; check the part of the address after the @.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other server did not answer in time; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server of %1 did not answer in time; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other side has no room or is too busy; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They cannot receive this: the address may not exist, or its owner allows no strangers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot receive this: the address may not exist, or its owner allows no strangers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They must first accept you as a contact.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 must first accept you as a contact.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other side refused without giving a reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other side did not expect this now; try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full, so nothing could be saved; make room and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The profile folder cannot be written; check its permissions, or choose another profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database of this profile is damaged; it is repaired at the next start, so please start Balcony again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program is using the database of this profile; close it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This profile was last used by a newer version of Balcony; use that version, or choose another profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This profile comes from an older version and can only be updated where it can be written; check the folder&apos;s permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file in the place of the database belongs to another program; choose another profile folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balcony is already running with this profile; use that window, or choose another profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be saved because the disk gave an error; check the disk and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password could not be saved in the profile folder; check that the folder can be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balcony is closing, so nothing can be saved any more; start it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database is open already; please start Balcony again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The search was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No password is stored for this account; please enter it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer&apos;s keychain did not hand out the password; unlock it, or enter the password here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no keychain that can be used; choose another way to keep the password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This installation lacks a part needed for encryption; please install Balcony again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An encryption key has the wrong size, so it was not used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encrypted data was changed on its way, so it was not opened; ask for it to be sent again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a valid address; it should look like name@example.org.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a valid address; it should look like name@example.org.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account has been added already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account %1 has been added already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such account here; it may have been removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no account %1 here; it may have been removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are several accounts, so it must be said which one is meant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are not in your contact list; they may have been removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not in your contact list; it may have been removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is your own address; enter the address of somebody else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such chat; it may have been closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This chat no longer exists, so nothing could be saved in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This chat holds as many messages as it can; start a new profile for more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This profile holds as many chats as it can; remove some first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This message no longer exists; it may have been deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to send; write something first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message is too long to be sent; shorten it, or send it in parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This message was sent already; write a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name that was asked for is too long; shorten it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A field of the command has a value that makes no sense; see the manual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command is not valid JSON; see the manual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such command; see the manual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This version of Balcony cannot do this yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection was closed as asked.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::IconButton</name>
    <message>
        <source>%1 (%2)</source>
        <extracomment>A tooltip: %1 is what the button does, %2 its keyboard shortcut.</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::JumpButton</name>
    <message>
        <source>Go to the newest message</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Go to the newest message, %n new</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>99+</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::Note</name>
    <message>
        <source>Hide Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show Details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::PasswordBar</name>
    <message>
        <source>Sign In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::PasswordEdit</name>
    <message>
        <source>Show the password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::PasswordKeeping</name>
    <message>
        <source>&amp;Remember the password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask me &amp;each time Balcony starts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it in a &amp;file of this profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever can read your files can then read the password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no keychain that Balcony can use. Where shall the password be kept?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s keychain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You will be asked for it each time Balcony starts.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::RequestBar</name>
    <message>
        <source>Accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deny</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They see when you are online, and you ask to see them, too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 wants to add you as a contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>What somebody who asks says, in quotation marks.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not connected; you can answer when it is online.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To your account %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n more waiting</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Accept %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deny %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::RowLayout</name>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::SearchField</name>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::SignInPage</name>
    <message>
        <source>Welcome to Balcony</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talk with anyone on XMPP, the open chat network: you choose the server, and your messages stay yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in with another XMPP address; all your accounts share one window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name@example.org</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Connection Options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Sign In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This account has been added already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the address of your account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the password of your account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing in to %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are signed in, but the keychain could not keep the password; choose another place for it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::Timeline</name>
    <message>
        <source>New messages</source>
        <extracomment>The line above the first message that was not read yet.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>encrypted, waiting to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent, not confirmed yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>received by the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delivered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <extracomment>A message for a screen reader: %1 is who wrote it, %2 the time, %3 the text.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first unread message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ui::TimelineView</name>
    <message>
        <source>[%1] %2: %3</source>
        <extracomment>A copied message: %1 time, %2 name, %3 text.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy with Names and Times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No messages yet. Say hello!</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading messages…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
