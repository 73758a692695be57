#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a throw-away XMPP server on free loopback ports, with its own certificate authority and data folder.

    realserver.py start --kind prosody --dir DIR --accounts romeo:montague,juliet:capulet --friends
    realserver.py start --kind ejabberd --root "$(tests/support/debian13 folder)"

prints one line of JSON when the server answers:

    {"domain", "starttls", "direct", "http", "ca", "accounts", "rooms", "upload", "kind", "pid"}

`ca` is the bundle to give to a client as SSL_CERT_FILE. The server ends, and DIR is removed, when standard input
closes or on SIGTERM or SIGINT. Standard input takes commands, one a line, each answered by {"ok":true} or
{"ok":false,"error":TEXT}:

    account NAME PASSWORD   creates one more account
    pause, resume           freezes and thaws the process: a dead peer with open sockets
    kill                    ends the process at once: all connections break
    halt                    ends it in order, as an administrator does; it says goodbye and keeps all it knows
    start                   starts it again on the same ports and data
    renew                   the same with another certificate and key from the same authority
    log                     {"ok":true,"log":TEXT}: the end of what the server wrote
    stop                    the same as closing standard input
"""

import argparse
import errno
import json
import os
import random
import select
import shutil
import signal
import socket
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import certificates  # noqa: E402
import servers  # noqa: E402

# Under the range from which systems take ports for outgoing connections, so that none of those gets in the way.
PORTS = range(20000, 32000)


class Ports:
    """Ports that no other instance of this tool holds: each is a name of Linux's abstract sockets, which this process
    has for as long as it lives and which leaves nothing behind."""

    def __init__(self):
        self.locks = []

    def take(self):
        for _ in range(1000):
            port = random.choice(PORTS)
            lock = socket.socket(socket.AF_UNIX)
            try:
                lock.bind(f"\0balcony-test-port-{port}")
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
            except OSError as error:
                lock.close()
                if error.errno in (errno.EADDRINUSE, errno.EACCES):
                    continue
                raise
            self.locks.append(lock)
            return port
        raise RuntimeError("no free loopback port between 20000 and 32000")


def answers(port, domain):
    """True where an XMPP server offers STARTTLS for `domain` on `port`."""
    opening = ("<?xml version='1.0'?><stream:stream xmlns='jabber:client' version='1.0' "
               f"xmlns:stream='http://etherx.jabber.org/streams' to='{domain}'>").encode()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as peer:
            peer.sendall(opening)
            seen = b""
            while b"urn:ietf:params:xml:ns:xmpp-tls" not in seen:
                piece = peer.recv(4096)
                if not piece:
                    return False
                seen += piece
            return domain.encode() in seen
    except OSError:
        return False


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
        return True
    except OSError:
        return False


def wait_until_ready(server, seconds):
    """Returns when the server answers. Raises RuntimeError with its log where it ends or takes too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not server.is_running():
            raise RuntimeError(f"the server ended while starting:\n{server.log_tail()}")
        if answers(server.ports["starttls"], server.domain) and all(map(accepts, server.ports.values())):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not answer within {seconds} s:\n{server.log_tail()}")


class Stop(Exception):
    """Raised by SIGTERM and SIGINT."""


def on_signal(_number, _frame):
    raise Stop


def say(line):
    print(json.dumps(line), flush=True)


def obey(server, line, patience):
    """Runs one command. Returns False for `stop`."""
    words = line.split()
    try:
        if words == ["stop"]:
            return False
        if len(words) == 3 and words[0] == "account":
            server.add_account(words[1], words[2])
        elif words == ["pause"]:
            server.process.send_signal(signal.SIGSTOP)
        elif words == ["resume"]:
            server.process.send_signal(signal.SIGCONT)
        elif words == ["kill"]:
            server.kill()
        elif words == ["halt"]:
            server.stop()
        elif words == ["start"]:
            server.stop()
            server.start()
            wait_until_ready(server, patience)
        elif words == ["renew"]:
            server.stop()
            certificates.renew(server.folder)
            server.start()
            wait_until_ready(server, patience)
        elif words == ["log"]:
            say({"ok": True, "log": server.log_tail()})
            return True
        else:
            raise ValueError(f"unknown command: {line!r}")
        say({"ok": True})
    except (OSError, RuntimeError, ValueError) as error:
        say({"ok": False, "error": str(error)})
    return True


def serve(server, use_input, patience):
    """Until standard input closes, the server ends by itself, or a signal comes (Stop)."""
    pending = b""
    killed = False
    while use_input or server.is_running():
        if not server.is_running() and not killed:
            raise RuntimeError(f"the server ended by itself:\n{server.log_tail()}")
        if not use_input:
            time.sleep(0.5)
            continue
        if not select.select([0], [], [], 0.5)[0]:
            continue
        piece = os.read(0, 4096)
        if not piece:
            return
        *lines, pending = (pending + piece).split(b"\n")
        for line in lines:
            killed = line.split() in ([b"kill"], [b"halt"]) or (killed and line.split() not in ([b"start"], [b"renew"]))
            if not obey(server, line.decode(), patience):
                return


def accounts_of(text):
    result = {}
    for part in filter(None, text.split(",")):
        name, colon, password = part.partition(":")
        if not name or not colon or not password:
            raise argparse.ArgumentTypeError(f"{part!r} is not NAME:PASSWORD")
        result[name] = password
    return result


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    start = parser.add_subparsers(dest="command", required=True).add_parser("start", help="run a server")
    start.add_argument("--kind", choices=sorted(servers.KINDS), default="prosody")
    start.add_argument("--dir", help="its folder: new or empty, removed in the end (default: a temporary one)")
    start.add_argument("--domain", default="verona.test")
    start.add_argument("--more-domains", default="", metavar="DOMAIN,...",
                       help="more domains in its certificate, with the same accounts (Prosody: set them up by --extra)")
    start.add_argument("--root", help="the folder of another Debian, whose server it shall be; for root alone")
    start.add_argument("--old-direct", action="store_true", help="only TLS 1.2 on the port for direct TLS, with session tickets")
    start.add_argument("--accounts", type=accounts_of, default={}, metavar="NAME:PASSWORD,...")
    start.add_argument("--friends", action="store_true", help="put all accounts into each other's contact list")
    start.add_argument("--bad-cert", choices=["name", "self-signed", "expired"], help="what is wrong with the certificate")
    start.add_argument("--register", action="store_true", help="let strangers create accounts (XEP-0077)")
    start.add_argument("--guests", action="store_true", help="also serve guests.DOMAIN, where anybody signs in as a guest")
    start.add_argument("--client-certificates", action="store_true",
                       help="ejabberd: the accounts may sign in by DIR/client-NAME.pem, or .p12 (passphrase: NAME)")
    start.add_argument("--extra", default="", help="lines for the end of the server's configuration file")
    start.add_argument("--until-signal", action="store_true", help="do not watch standard input")
    start.add_argument("--keep", action="store_true", help="leave the folder there, to read its logs")
    start.add_argument("--patience", type=float, default=60, help="seconds to wait for the server to answer")
    return parser.parse_args()


def make_folder(wanted):
    if not wanted:
        return tempfile.mkdtemp(prefix="balcony-server-")
    folder = os.path.abspath(wanted)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    if os.listdir(folder):
        raise RuntimeError(f"{folder} is not empty; it would be removed in the end")
    return folder


def run(options, folder):
    ports = Ports()
    names = {name: ports.take() for name in ("starttls", "direct", "http", "control")}
    if options.kind == "prosody":
        del names["control"]
    guests = f"guests.{options.domain}" if options.guests else None
    more = [domain for domain in options.more_domains.split(",") if domain]
    hosts = [options.domain, f"rooms.{options.domain}", f"upload.{options.domain}", *more] + ([guests] if guests else [])
    certificates.make(folder, hosts, options.bad_cert)
    if options.client_certificates:
        for name in options.accounts:
            certificates.make_client(folder, name, f"{name}@{options.domain}", name)
        certificates.make_client(folder, "expired", f"{next(iter(options.accounts))}@{options.domain}", "x", expired=True)
    server = servers.KINDS[options.kind]({"domain": options.domain, "more_domains": more, "folder": folder, "root": options.root,
                                          "ports": names, "register": options.register, "old_direct": options.old_direct,
                                          "extra": options.extra, "guests": guests, "clients": options.client_certificates})
    friends = list(options.accounts) if options.friends else []
    try:
        server.before_start(options.accounts, friends)
        server.start()
        wait_until_ready(server, options.patience)
        server.after_start(options.accounts, friends)
        say({"domain": options.domain, "kind": options.kind, "starttls": names["starttls"], "direct": names["direct"],
             "http": names["http"], "ca": os.path.join(folder, "ca.pem"), "rooms": f"rooms.{options.domain}",
             "upload": f"upload.{options.domain}", "guests": guests, "folder": folder, "accounts": options.accounts, "pid": server.process.pid})
        serve(server, not options.until_signal, options.patience)
    finally:
        # A second signal must not interrupt the tidying.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        server.stop()


def main():
    options = arguments()
    missing = servers.KINDS[options.kind].missing(options.root)
    if missing:
        print(f"realserver: the package {missing} is not installed", file=sys.stderr)
        return 77
    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    folder = None
    try:
        folder = make_folder(options.dir)
        run(options, folder)
        return 0
    except Stop:
        return 0
    except (OSError, RuntimeError) as error:
        print(f"realserver: {error}", file=sys.stderr)
        return 1
    finally:
        if folder and not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
