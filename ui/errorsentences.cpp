// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// All sentences that are said of errors. Each says what happened and what the person can do about it.
#include "ui/errorsentences.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <iterator>

namespace ui {
namespace {

using Kind = base::Error::Kind;
using Row = ErrorSentence;
constexpr std::nullopt_t any = std::nullopt;

/// For lupdate: the context of all sentences.
struct ErrorText {
    Q_DECLARE_TR_FUNCTIONS(ui::ErrorText)
public:
    // How the server is found and reached.
    static constexpr Row networkRows[] = {
        {Kind::Network, "host-unknown", QT_TR_NOOP("This server does not exist; check how its name is spelled."),
         QT_TR_NOOP("There is no server named %1; check how it is spelled.")},
        {any, "dns-failed",
         QT_TR_NOOP("The server's address could not be looked up; check your internet connection and try again."),
         QT_TR_NOOP("The address of %1 could not be looked up; check your internet connection and try again.")},
        {any, "service-not-offered",
         QT_TR_NOOP("This domain says that it has no chat service; check the part after the @."),
         QT_TR_NOOP("%1 says that it has no chat service; check the part of the address after the @.")},
        {any, "connection-refused",
         QT_TR_NOOP("The server refuses connections; it may be down, or its name or port may be wrong."),
         QT_TR_NOOP("%1 refuses connections; it may be down, or the server name or port may be wrong.")},
        {any, "connect-timeout",
         QT_TR_NOOP("The server did not answer in time; it may be down, or a firewall may be in the way."),
         QT_TR_NOOP("%1 did not answer in time; it may be down, or a firewall may be in the way.")},
        {any, "network-unreachable", QT_TR_NOOP("The server cannot be reached; check your internet connection."),
         QT_TR_NOOP("%1 cannot be reached; check your internet connection.")},
        {any, "proxy-failed", QT_TR_NOOP("The proxy did not connect to the server; check the proxy's settings."),
         QT_TR_NOOP("The proxy did not connect to %1; check the proxy's settings.")},
        {any, "proxy-unreachable",
         QT_TR_NOOP("The proxy cannot be reached; check that it runs, and the proxy's settings of this account."),
         QT_TR_NOOP("The proxy on the way to %1 cannot be reached; check that it runs, and the proxy's settings of "
                    "this account.")},
        {any, "proxy-auth",
         QT_TR_NOOP("The proxy wants another user name or password; check the proxy's settings of this account."),
         QT_TR_NOOP("The proxy on the way to %1 wants another user name or password; check the proxy's settings of "
                    "this account.")},
        {any, "transfer-stalled", QT_TR_NOOP("The transfer stopped because nothing moved for a minute; try again.")},
        {any, "web-server-failed",
         QT_TR_NOOP("The web server that holds the files does not work at the moment; try again later.")},
        {any, "connection-lost", QT_TR_NOOP("The connection to the server was lost; it will be tried again."),
         QT_TR_NOOP("The connection to %1 was lost; it will be tried again.")},
        {any, "tls-truncated", QT_TR_NOOP("The connection was cut off in the middle; it will be tried again."),
         QT_TR_NOOP("The connection to %1 was cut off in the middle; it will be tried again.")},
        {any, "no-network", QT_TR_NOOP("This computer has no network; check its cable, Wi-Fi or mobile connection.")},
        {any, "captive-portal",
         QT_TR_NOOP("This network does not let you through to the server yet: open a web browser and sign in to the "
                    "network there; if it asks for nothing, check the server name and the port."),
         QT_TR_NOOP(
             "This network does not let you through to %1 yet: open a web browser and sign in to the network there; "
             "if it asks for nothing, check the server name and the port."),
         QT_TR_NOOP(
             "Somebody else answers in the server's place, with a certificate for %1, issued by %2 on %3: this network probably wants you to sign in to it first, so open a web browser and do that.")},
        {any, "offline", QT_TR_NOOP("This account is not connected; try again when it is online."),
         QT_TR_NOOP("%1 is not connected; try again when it is online.")},
        {Kind::Timeout, "timeout", QT_TR_NOOP("No answer came in time; try again later."),
         QT_TR_NOOP("%1 did not answer in time; try again later.")},
        {Kind::Timeout, "remote-server-timeout",
         QT_TR_NOOP("The server did not answer the request in time; try again later.")},
    };

    // Encryption and certificates. There is no way around them by one click.
    static constexpr Row tlsRows[] = {
        {any, "certificate-name-mismatch",
         QT_TR_NOOP("The server showed a certificate for another name, so it may be an impostor; check the address, or "
                    "tell the server's operator."),
         QT_TR_NOOP("The server showed a certificate for another name than %1, so it may be an impostor; check the "
                    "address, or tell the server's operator."),
         QT_TR_NOOP(
             "The server showed a certificate for %1, issued by %2 on %3, and not for the domain of this account, so it may be an impostor; check the address, or tell the server's operator.")},
        {any, "certificate-self-signed",
         QT_TR_NOOP("The server vouches only for itself (its certificate is self-signed), so it may be an impostor; "
                    "only its operator can mend this."),
         QT_TR_NOOP("The server of %1 vouches only for itself (its certificate is self-signed), so it may be an "
                    "impostor; only its operator can mend this."),
         QT_TR_NOOP(
             "The server vouches only for itself: its certificate for %1 of %3 is signed by nobody else, so it may be an impostor; only its operator can mend this.")},
        {any, "certificate-unknown-issuer",
         QT_TR_NOOP("The server's certificate comes from an authority that this computer does not trust; only the "
                    "server's operator can mend this."),
         QT_TR_NOOP("The certificate of %1 comes from an authority that this computer does not trust; only the "
                    "server's operator can mend this."),
         QT_TR_NOOP(
             "The certificate for %1 was issued on %3 by %2, which this computer does not trust; only the server's operator can mend this.")},
        {any, "certificate-expired",
         QT_TR_NOOP("The server's certificate has expired; check this computer's date, or tell the server's operator."),
         QT_TR_NOOP("The certificate of %1 has expired; check this computer's date, or tell the server's operator."),
         QT_TR_NOOP(
             "The certificate for %1, issued by %2, expired on %3; check this computer's date, or tell the server's operator.")},
        {any, "certificate-not-yet-valid",
         QT_TR_NOOP("The server's certificate is not valid yet; check this computer's date and time."),
         QT_TR_NOOP("The certificate of %1 is not valid yet; check this computer's date and time."),
         QT_TR_NOOP(
             "The certificate for %1, issued by %2, is not valid before %3; check this computer's date and time.")},
        {any, "certificate-revoked",
         QT_TR_NOOP(
             "The server's certificate has been withdrawn, so nobody should trust it; tell the server's operator."),
         QT_TR_NOOP("The certificate of %1 has been withdrawn, so nobody should trust it; tell the server's operator."),
         QT_TR_NOOP(
             "The certificate for %1 was withdrawn by %2 on %3, so nobody should trust it; tell the server's operator.")},
        {any, "certificate-invalid",
         QT_TR_NOOP("The server's certificate is not acceptable; tell the server's operator."),
         QT_TR_NOOP("The certificate of %1 is not acceptable; tell the server's operator."),
         QT_TR_NOOP("The certificate for %1, issued by %2 on %3, is not acceptable; tell the server's operator.")},
        {any, "tls-handshake",
         QT_TR_NOOP("An encrypted connection could not be set up; check the port and the kind of encryption, or tell "
                    "the server's operator."),
         QT_TR_NOOP("An encrypted connection to %1 could not be set up; check the port and the kind of encryption, or "
                    "tell the server's operator.")},
        {any, "tls-not-offered",
         QT_TR_NOOP("The server offers no encryption, so nothing was sent to it; tell the server's operator."),
         QT_TR_NOOP("%1 offers no encryption, so nothing was sent to it; tell the server's operator.")},
        {any, "tls-refused", QT_TR_NOOP("The server offered encryption and then refused it; try again later."),
         QT_TR_NOOP("%1 offered encryption and then refused it; try again later.")},
        {any, "tls-early-data",
         QT_TR_NOOP("Somebody on the way may have tampered with the connection; it was ended, and will be tried again "
                    "on a network you trust.")},
        {any, "no-channel-binding",
         QT_TR_NOOP("The sign-in cannot be tied to this encrypted connection; tell the server's operator.")},
    };

    // Signing in (RFC 6120 6.5, and what SCRAM finds out).
    static constexpr Row authRows[] = {
        {Kind::Auth, "not-authorized", QT_TR_NOOP("The address or the password is wrong; check both and try again."),
         QT_TR_NOOP("The password for %1 is wrong, or there is no such account; check both and try again.")},
        {any, "needs-password", QT_TR_NOOP("The password of this account is needed; please enter it."),
         QT_TR_NOOP("The password of %1 is needed; please enter it.")},
        {any, "credentials-expired",
         QT_TR_NOOP("The password has expired; set a new one with your server's operator, then enter it here."),
         QT_TR_NOOP("The password of %1 has expired; set a new one with your server's operator, then enter it here.")},
        {any, "password-not-allowed",
         QT_TR_NOOP("The password contains characters that XMPP does not allow; check it and type it again.")},
        {any, "password-file",
         QT_TR_NOOP("The file that holds the password cannot be read; check that it exists and that you may read it.")},
        {any, "account-disabled", QT_TR_NOOP("The account has been disabled; ask the server's operator."),
         QT_TR_NOOP("The account %1 has been disabled; ask the server's operator.")},
        {any, "temporary-auth-failure",
         QT_TR_NOOP("The server cannot check passwords right now; it will be tried again later.")},
        {any, "plain-not-allowed",
         QT_TR_NOOP("The server wants the password in readable form, which this account does not allow; you can allow "
                    "it under connection options if you trust the server.")},
        {any, "certificate-file",
         QT_TR_NOOP("The certificate file of this account cannot be read; check that it exists and that you may read "
                    "it, or choose another one in the connection settings.")},
        {any, "certificate-passphrase",
         QT_TR_NOOP("The certificate file of this account needs its passphrase, or another one than this; please enter "
                    "it."),
         QT_TR_NOOP("The certificate file of %1 needs its passphrase, or another one than this; please enter it.")},
        {any, "certificate-unreadable",
         QT_TR_NOOP("The certificate file of this account has no usable certificate with its key; choose a PEM or "
                    "PKCS#12 file that has both.")},
        {any, "own-certificate-expired",
         QT_TR_NOOP("Your certificate for this account has expired; get a new one and choose its file in the "
                    "connection settings."),
         nullptr,
         QT_TR_NOOP("Your certificate for %1, issued by %2, expired on %3; get a new one and choose its file in the "
                    "connection settings.")},
        {any, "own-certificate-not-yet-valid",
         QT_TR_NOOP("Your certificate for this account is not valid yet; check this computer's date and time."),
         nullptr,
         QT_TR_NOOP("Your certificate for %1, issued by %2, is not valid before %3; check this computer's date and "
                    "time.")},
        {any, "own-certificate-refused",
         QT_TR_NOOP("The server does not accept your certificate for this account; ask its operator which one it "
                    "takes."),
         QT_TR_NOOP("The server does not accept your certificate for %1; ask its operator which one it takes.")},
        {any, "certificate-not-taken",
         QT_TR_NOOP("The server does not let anybody sign in by a certificate here; use a password, or ask its "
                    "operator.")},
        {any, "no-guests", QT_TR_NOOP("This server takes no guests; sign in with an account of yours."),
         QT_TR_NOOP("%1 takes no guests; sign in with an account of yours.")},
        {any, "token-unfit", QT_TR_NOOP("The server's token cannot be used on this connection.")},
        {any, "no-mechanism",
         QT_TR_NOOP("The server offers no way to sign in that Balcony supports; ask the server's operator.")},
        {any, "sign-in-weaker",
         QT_TR_NOOP("The server offers a weaker way to sign in than before, as if somebody had tampered with it; the "
                    "password was not used, ask the server's operator.")},
        {any, "offer-tampered",
         QT_TR_NOOP("Somebody between you and the server changed what it offers, so the password was not used; do not "
                    "sign in from this network, and tell the server's operator.")},
        {any, "offer-incomplete",
         QT_TR_NOOP(
             "What the server offers to sign in by contradicts itself: it is set up wrongly, or somebody in between "
             "took a part of it away; the password was not used, ask the server's operator.")},
        {any, "task-unknown",
         QT_TR_NOOP("The server wants something beside the password that Balcony does not support; ask the server's "
                    "operator.")},
        {any, "mechanism-too-weak",
         QT_TR_NOOP("The server demands a stronger way to sign in than it offered; ask the server's operator.")},
        {any, "invalid-mechanism",
         QT_TR_NOOP("The server refused the way to sign in that it had offered; ask the server's operator.")},
        {any, "encryption-required",
         QT_TR_NOOP(
             "The server demands encryption before the sign-in and did not recognise it; ask the server's operator.")},
        {any, "invalid-authzid", QT_TR_NOOP("The server does not let you sign in under this address; check it.")},
        {any, "incorrect-encoding",
         QT_TR_NOOP("The server could not read the sign-in data; try again, or ask the server's operator.")},
        {any, "malformed-request",
         QT_TR_NOOP("The server did not understand the sign-in; try again, or ask the server's operator.")},
        {any, "aborted", QT_TR_NOOP("The sign-in was broken off; try again.")},
        {any, "malformed-challenge",
         QT_TR_NOOP(
             "The server's sign-in data makes no sense, so the password was not used; ask the server's operator.")},
        {any, "wrong-nonce",
         QT_TR_NOOP(
             "The server's answer belongs to another sign-in, as if somebody replayed it; the password was not used.")},
        {any, "weak-iterations",
         QT_TR_NOOP("The server protects passwords too weakly, so nothing was sent; ask its operator to raise the "
                    "SCRAM iterations.")},
        {any, "excessive-iterations",
         QT_TR_NOOP("The server demands an unreasonable amount of computing for a sign-in, so it was broken off; ask "
                    "its operator.")},
        {any, "server-not-proven",
         QT_TR_NOOP("The server did not prove that it knows this account, so it may be an impostor; the connection was "
                    "ended."),
         QT_TR_NOOP("The server did not prove that it knows %1, so it may be an impostor; the connection was ended.")},
        {any, "wrong-identity",
         QT_TR_NOOP("The server signed you in under another address than yours, so the connection was ended; ask its "
                    "operator."),
         QT_TR_NOOP(
             "The server signed you in under another address than %1, so the connection was ended; ask its operator.")},
    };

    // What ends a stream (RFC 6120 4.9.3), by the server or by us.
    static constexpr Row streamRows[] = {
        {Kind::Stream, "conflict",
         QT_TR_NOOP("Another program signed in to this account in the same place and took over; connect again to take "
                    "it back."),
         QT_TR_NOOP("Another program signed in to %1 in the same place and took over; connect again to take it back.")},
        {Kind::Stream, "host-unknown",
         QT_TR_NOOP("The server does not serve this domain; check the address and the server name."),
         QT_TR_NOOP("The server does not serve %1; check the address and the server name.")},
        {any, "host-gone", QT_TR_NOOP("The server no longer serves this domain; ask its operator where it went."),
         QT_TR_NOOP("The server no longer serves %1; ask its operator where it went.")},
        {any, "see-other-host",
         QT_TR_NOOP("The server sends you to another server; ask its operator for the right server name.")},
        {any, "system-shutdown", QT_TR_NOOP("The server is shutting down; it will be tried again.")},
        {any, "reset", QT_TR_NOOP("The server asks for a fresh connection; it will be tried again.")},
        {any, "connection-timeout",
         QT_TR_NOOP("The server heard nothing for too long and closed the connection; it will be tried again.")},
        {Kind::Stream, "resource-constraint",
         QT_TR_NOOP("The server is too busy right now; it will be tried again later.")},
        {Kind::Stream, "policy-violation",
         QT_TR_NOOP("The server closed the connection because one of its rules was broken; ask its operator which.")},
        {Kind::Stream, "not-authorized",
         QT_TR_NOOP("The server closed the connection because the sign-in was not complete; try again.")},
        {Kind::Stream, "internal-server-error",
         QT_TR_NOOP("The server has an internal fault; it will be tried again later.")},
        {Kind::Stream, "remote-connection-failed",
         QT_TR_NOOP("The server could not reach another server that it depends on; it will be tried again later.")},
        {Kind::Stream, "undefined-condition",
         QT_TR_NOOP("The server closed the connection without giving a reason; it will be tried again.")},
        {any, "fate-unknown",
         QT_TR_NOOP(
             "The history was damaged, and it is not known whether this message was sent; look, then send it again.")},
        {any, "refused-by-server",
         QT_TR_NOOP(
             "The server broke off the connection each time this message was sent, so it was given up; change it.")},
        {any, "bad-format",
         QT_TR_NOOP("The two sides do not understand each other's XML; tell the server's operator.")},
        {any, "bad-namespace-prefix",
         QT_TR_NOOP("A name in the stream has an unknown namespace; tell the server's operator.")},
        {any, "improper-addressing", QT_TR_NOOP("A message had no valid address for the server; try again.")},
        {any, "invalid-from",
         QT_TR_NOOP("An address in the stream does not belong to this connection, so it was ended; tell the server's "
                    "operator.")},
        {any, "invalid-namespace",
         QT_TR_NOOP("What answered is not a chat server for people; check the server name and the port.")},
        {any, "invalid-xml", QT_TR_NOOP("What answered does not speak XMPP; check the server name and the port.")},
        {any, "not-well-formed",
         QT_TR_NOOP("What came over the connection is not well-formed XML, so it was ended; check the server name and "
                    "the port.")},
        {any, "restricted-xml",
         QT_TR_NOOP("The stream used XML that XMPP forbids, so it was ended; tell the server's operator.")},
        {any, "unsupported-encoding",
         QT_TR_NOOP("The stream is not in UTF-8, so it was ended; tell the server's operator.")},
        {any, "unsupported-feature",
         QT_TR_NOOP("The server demands a feature that Balcony does not have; ask its operator.")},
        {any, "unsupported-stanza-type",
         QT_TR_NOOP(
             "The stream held something that does not belong there, so it was ended; tell the server's operator.")},
        {any, "unsupported-version",
         QT_TR_NOOP("The server speaks an XMPP version that is too old; ask its operator to update it.")},
        {Kind::Protocol, "policy-violation",
         QT_TR_NOOP("The server sent more than is reasonable, so the connection was ended to protect this computer.")},
    };

    // Answers of servers and contacts (RFC 6120 8.3.3).
    static constexpr Row stanzaRows[] = {
        {any, "bad-request",
         QT_TR_NOOP("The other side did not understand the request; its program may be too old or faulty.")},
        {any, "conflict", QT_TR_NOOP("This name is taken already; choose another one.")},
        {any, "feature-not-implemented", QT_TR_NOOP("The other side does not support this."),
         QT_TR_NOOP("%1 does not support this.")},
        {any, "forbidden", QT_TR_NOOP("You are not allowed to do this; ask the owner or the server's operator.")},
        {any, "gone", QT_TR_NOOP("This address is no longer in use; ask for the new one."),
         QT_TR_NOOP("%1 is no longer in use; ask for the new address.")},
        {any, "internal-server-error",
         QT_TR_NOOP("The server could not do this because of an internal fault; try again later.")},
        {any, "item-not-found", QT_TR_NOOP("The other side does not have what was asked for; check the address."),
         QT_TR_NOOP("%1 was not found; check how it is spelled.")},
        {any, "not-acceptable", QT_TR_NOOP("The other side does not accept this; change it and try again.")},
        {any, "not-allowed", QT_TR_NOOP("The server does not allow this to anyone; ask its operator.")},
        {Kind::Stanza, "not-authorized", QT_TR_NOOP("You must sign in or give a password before you can do this.")},
        {Kind::Stanza, "policy-violation",
         QT_TR_NOOP("This breaks a rule of the server; it may be too long, too often or unwanted.")},
        {any, "recipient-unavailable", QT_TR_NOOP("They cannot be reached right now; try again later."),
         QT_TR_NOOP("%1 cannot be reached right now; try again later.")},
        {any, "redirect", QT_TR_NOOP("This has moved to another address; ask for the new one."),
         QT_TR_NOOP("%1 has moved to another address; ask for the new one.")},
        {any, "registration-required", QT_TR_NOOP("Only registered members can do this; register first.")},
        {any, "remote-server-not-found",
         QT_TR_NOOP("The other server does not exist or cannot be found; check the part of the address after the @."),
         QT_TR_NOOP("The server of %1 cannot be found; check the part of the address after the @.")},
        {any, "remote-server-timeout", QT_TR_NOOP("The other server did not answer in time; try again later."),
         QT_TR_NOOP("The server of %1 did not answer in time; try again later.")},
        {any, "resource-constraint", QT_TR_NOOP("The other side has no room or is too busy; try again later.")},
        {any, "service-unavailable",
         QT_TR_NOOP("They cannot receive this: the address may not exist, or its owner allows no strangers."),
         QT_TR_NOOP("%1 cannot receive this: the address may not exist, or its owner allows no strangers.")},
        {any, "subscription-required", QT_TR_NOOP("They must first accept you as a contact."),
         QT_TR_NOOP("%1 must first accept you as a contact.")},
        {any, "undefined-condition", QT_TR_NOOP("The other side refused without giving a reason.")},
        {any, "file-too-large", QT_TR_NOOP("This file is larger than the server allows; send a smaller one.")},
        {any, "file-refused", QT_TR_NOOP("The web server refused this file; it may allow it to others only.")},
        {any, "file-gone", QT_TR_NOOP("The web server does not have this file any more; ask for it to be sent again.")},
        {any, "file-damaged",
         QT_TR_NOOP("What was downloaded is not the file that was sent, so it was thrown away; try again.")},
        {any, "no-upload-service", QT_TR_NOOP("Your server has no service for sending files; ask those who run it.")},
        {any, "unexpected-request", QT_TR_NOOP("The other side did not expect this now; try again.")},
    };

    // This computer: disk, database, keychain.
    static constexpr Row storageRows[] = {
        {any, "disk-full", QT_TR_NOOP("The disk is full, so nothing could be saved; make room and try again.")},
        {any, "read-only",
         QT_TR_NOOP("The profile folder cannot be written; check its permissions, or choose another profile.")},
        {any, "database-damaged",
         QT_TR_NOOP("The database of this profile is damaged; it is repaired at the next start, so please start "
                    "Balcony again.")},
        {any, "database-locked",
         QT_TR_NOOP("Another program is using the database of this profile; close it and try again.")},
        {any, "database-newer",
         QT_TR_NOOP(
             "This profile was last used by a newer version of Balcony; use that version, or choose another profile.")},
        {any, "database-older",
         QT_TR_NOOP("This profile comes from an older version and can only be updated where it can be written; check "
                    "the folder's permissions.")},
        {any, "database-foreign",
         QT_TR_NOOP(
             "The file in the place of the database belongs to another program; choose another profile folder.")},
        {any, "file-unreadable",
         QT_TR_NOOP("This file cannot be read; check that it is still there and that you may read it.")},
        {any, "profile-in-use",
         QT_TR_NOOP("Balcony is already running with this profile; use that window, or choose another profile.")},
        {any, "storage-failed",
         QT_TR_NOOP("It could not be saved because the disk gave an error; check the disk and try again.")},
        {Kind::Secret, "storage-failed",
         QT_TR_NOOP("The password could not be saved in the profile folder; check that the folder can be written.")},
        {any, "store-closed", QT_TR_NOOP("Balcony is closing, so nothing can be saved any more; start it again.")},
        {any, "already-open", QT_TR_NOOP("The database is open already; please start Balcony again.")},
        {any, "interrupted", QT_TR_NOOP("The search was stopped.")},
        {Kind::Secret, "not-found", QT_TR_NOOP("No password is stored for this account; please enter it.")},
        {any, "keychain-denied",
         QT_TR_NOOP("This computer's keychain did not hand out the password; unlock it, or enter the password here.")},
        {any, "keychain-unavailable",
         QT_TR_NOOP("This computer has no keychain that can be used; choose another way to keep the password.")},
        {any, "crypto-missing",
         QT_TR_NOOP("This installation lacks a part needed for encryption; please install Balcony again.")},
        {any, "bad-key", QT_TR_NOOP("An encryption key has the wrong size, so it was not used.")},
        {any, "tampered",
         QT_TR_NOOP("Encrypted data was changed on its way, so it was not opened; ask for it to be sent again.")},
    };

    // What was asked makes no sense.
    static constexpr Row inputRows[] = {
        {any, "jid-malformed", QT_TR_NOOP("This is not a valid address; it should look like name@example.org."),
         QT_TR_NOOP("%1 is not a valid address; it should look like name@example.org.")},
        {any, "account-exists", QT_TR_NOOP("This account has been added already."),
         QT_TR_NOOP("The account %1 has been added already.")},
        {any, "account-unknown", QT_TR_NOOP("There is no such account here; it may have been removed."),
         QT_TR_NOOP("There is no account %1 here; it may have been removed.")},
        {any, "account-missing", QT_TR_NOOP("There are several accounts, so it must be said which one is meant.")},
        {any, "contact-unknown", QT_TR_NOOP("They are not in your contact list; they may have been removed."),
         QT_TR_NOOP("%1 is not in your contact list; it may have been removed.")},
        {any, "own-address", QT_TR_NOOP("This is your own address; enter the address of somebody else.")},
        {any, "chat-unknown", QT_TR_NOOP("There is no such chat; it may have been closed.")},
        {any, "conversation-unknown", QT_TR_NOOP("This chat no longer exists, so nothing could be saved in it.")},
        {any, "conversation-full",
         QT_TR_NOOP("This chat holds as many messages as it can; start a new profile for more.")},
        {any, "too-many-conversations", QT_TR_NOOP("This profile holds as many chats as it can; remove some first.")},
        {any, "message-unknown", QT_TR_NOOP("This message no longer exists; it may have been deleted.")},
        {any, "not-a-file", QT_TR_NOOP("There is no such file; it may have been moved, or it is a folder.")},
        {any, "image-type-unsupported", QT_TR_NOOP("This is no picture of a type that can be shown here.")},
        {any, "image-damaged", QT_TR_NOOP("This picture is damaged; ask for it to be sent again.")},
        {any, "image-too-large", QT_TR_NOOP("This picture is too large to be shown.")},
        {any, "image-undecodable", QT_TR_NOOP("This picture cannot be shown; it may be damaged.")},
        {any, "no-avatar", QT_TR_NOOP("They have no picture."), QT_TR_NOOP("%1 has no picture.")},
        {any, "avatar-wrong", QT_TR_NOOP("What came is not the picture that was promised, so it is not shown.")},
        {any, "avatar-busy", QT_TR_NOOP("Too many pictures were asked for; they are tried again later.")},
        {any, "no-decoder",
         QT_TR_NOOP("The part of Balcony that shows pictures is missing; please install Balcony again.")},
        {any, "decoder-busy", QT_TR_NOOP("Too many pictures are waiting to be shown; try again in a moment.")},
        {any, "picture-not-cleaned",
         QT_TR_NOOP(
             "The place and other notes in this picture cannot be taken out, so it is not sent; save it in another "
             "format first.")},
        {any, "no-program-for-file", QT_TR_NOOP("No program on this computer opens this kind of file.")},
        {any, "file-empty", QT_TR_NOOP("This file is empty, so there is nothing to send.")},
        {any, "file-changed", QT_TR_NOOP("The file was changed while it was being sent; send it again.")},
        {any, "file-unknown", QT_TR_NOOP("This file is no longer here; its message may have been deleted.")},
        {any, "file-here", QT_TR_NOOP("This file is on this computer already.")},
        {any, "bad-address",
         QT_TR_NOOP("The file is not offered over an encrypted connection (https), so it is not downloaded.")},
        {any, "address-private",
         QT_TR_NOOP("The file is said to be inside your own network, from where nothing is downloaded by itself.")},
        {any, "empty-message", QT_TR_NOOP("There is nothing to send; write something first.")},
        {any, "message-ends-program",
         QT_TR_NOOP("A message ended Balcony twice. It was set aside as it came and is not shown.")},
        {any, "message-too-large", QT_TR_NOOP("The message is too long to be sent; shorten it, or send it in parts.")},
        {any, "already-sent", QT_TR_NOOP("This message is on its way or has arrived, so it cannot be taken back.")},
        {any, "not-own-message", QT_TR_NOOP("Only who wrote a message can change it or take it back.")},
        {any, "not-sent-yet", QT_TR_NOOP("This message is not sent yet; once it is, it can be changed.")},
        {any, "message-retracted", QT_TR_NOOP("This message was deleted by its author.")},
        {any, "message-without-id",
         QT_TR_NOOP("This message came from a program that does not number its messages, so nothing can refer to it.")},
        {any, "too-many-reactions",
         QT_TR_NOOP("There are too many reactions of yours on this message; take one off first.")},
        {any, "sign-unusable", QT_TR_NOOP("A reaction is a single sign, such as an emoji.")},
        {any, "text-malformed",
         QT_TR_NOOP("The text contains characters that are not allowed here; change it and try again.")},
        {any, "id-in-use", QT_TR_NOOP("This message was sent already; write a new one.")},
        {any, "node-too-long", QT_TR_NOOP("The name that was asked for is too long; shorten it.")},
        {any, "bad-proxy", QT_TR_NOOP("This is no proxy; enter none, system, socks5://HOST:PORT or http://HOST:PORT.")},
        {any, "nothing-asked", QT_TR_NOOP("There is no question about the sign-in of this account.")},
        {any, "bad-field", QT_TR_NOOP("A field of the command has a value that makes no sense; see the manual.")},
        {any, "line-too-long", QT_TR_NOOP("The command is longer than a line may be; see the manual.")},
        {any, "bad-json", QT_TR_NOOP("The command is not valid JSON; see the manual.")},
        {any, "unknown-command", QT_TR_NOOP("There is no such command; see the manual.")},
        {any, "not-implemented", QT_TR_NOOP("This version of Balcony cannot do this yet.")},
        {any, "no-window", QT_TR_NOOP("This Balcony runs without a window; start the one with a window for this.")},
        {any, "closed", QT_TR_NOOP("The connection was closed as asked.")},
    };
};

template<size_t n>
const Row *look(const Row (&rows)[n], std::optional<Kind> kind, std::string_view condition)
{
    const auto found = std::find_if(std::begin(rows), std::end(rows),
                                    [&](const Row &row) { return row.kind == kind && row.condition == condition; });
    return found == std::end(rows) ? nullptr : found;
}

const Row *lookInAll(std::optional<Kind> kind, std::string_view condition)
{
    const std::array<const Row *, 7> found{
        look(ErrorText::networkRows, kind, condition), look(ErrorText::tlsRows, kind, condition),
        look(ErrorText::authRows, kind, condition),    look(ErrorText::streamRows, kind, condition),
        look(ErrorText::stanzaRows, kind, condition),  look(ErrorText::storageRows, kind, condition),
        look(ErrorText::inputRows, kind, condition)};
    const auto first = std::find_if(found.begin(), found.end(), [](const Row *row) { return row != nullptr; });
    return first == found.end() ? nullptr : *first;
}

} // namespace

const ErrorSentence *errorSentence(Kind kind, const QString &condition)
{
    const QByteArray word = condition.toLatin1();
    const std::string_view view(word.data(), size_t(word.size()));
    if (const Row *own = lookInAll(kind, view))
        return own;
    return lookInAll(std::nullopt, view);
}

const char *errorSentence(Kind kind)
{
    switch (kind) {
    case Kind::Cancelled: return QT_TRANSLATE_NOOP("ui::ErrorText", "This was stopped before it was done: %1");
    case Kind::Timeout: return QT_TRANSLATE_NOOP("ui::ErrorText", "No answer came in time: %1");
    case Kind::Network:
        return QT_TRANSLATE_NOOP("ui::ErrorText", "The network failed; check your internet connection: %1");
    case Kind::Tls:
        return QT_TRANSLATE_NOOP("ui::ErrorText", "The connection could not be made safe, so it was ended: %1");
    case Kind::Auth: return QT_TRANSLATE_NOOP("ui::ErrorText", "The server refused the sign-in: %1");
    case Kind::Stream: return QT_TRANSLATE_NOOP("ui::ErrorText", "The server ended the connection: %1");
    case Kind::Stanza: return QT_TRANSLATE_NOOP("ui::ErrorText", "The other side refused: %1");
    case Kind::Protocol: return QT_TRANSLATE_NOOP("ui::ErrorText", "The other side did not keep to the protocol: %1");
    case Kind::Storage: return QT_TRANSLATE_NOOP("ui::ErrorText", "It could not be saved or read on this computer: %1");
    case Kind::Secret: return QT_TRANSLATE_NOOP("ui::ErrorText", "The password could not be kept or read: %1");
    case Kind::Input: return QT_TRANSLATE_NOOP("ui::ErrorText", "This does not make sense; check what you entered: %1");
    case Kind::Unsupported: return QT_TRANSLATE_NOOP("ui::ErrorText", "This is not supported: %1");
    }
    Q_UNREACHABLE();
}

} // namespace ui
