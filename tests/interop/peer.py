# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another client to talk to: Slixmpp (package python3-slixmpp), on a thread of its own, used without async words."""

import asyncio
import concurrent.futures
import inspect
import sys
import threading
import time

from harness import DEADLINE, Failure, check

try:
    import slixmpp
except ImportError:
    sys.exit("python3-slixmpp is missing: install the package, and run this with the system's Python")

PLUGINS = ("xep_0030", "xep_0085", "xep_0092", "xep_0115", "xep_0184", "xep_0199", "xep_0308", "xep_0424", "xep_0444", "xep_0461")


class _Client(slixmpp.ClientXMPP):
    """Notes everything that happens as (kind, facts)."""

    def __init__(self, jid, password, ca, note):
        super().__init__(jid, password, plugin_config={"xep_0092": {"software_name": "Verona peer", "version": "1"}})
        self.note = note
        self.ca_certs = ca
        self.auto_authorize = None
        self.auto_subscribe = False
        for plugin in PLUGINS:
            self.register_plugin(plugin)
        self.add_event_handler("session_start", self._begin)
        self.add_event_handler("failed_all_auth", lambda _: note("failed", text="authentication"))
        self.add_event_handler("disconnected", lambda reason: note("disconnected", text=str(reason)))
        self.add_event_handler("message", self._on_message)
        self.add_event_handler("chatstate", lambda m: note("state", sender=m["from"].bare, state=m["chat_state"]))
        self.add_event_handler("receipt_received", lambda m: note("receipt", sender=m["from"].bare, id=m["receipt"]))
        self.add_event_handler("reactions", lambda m: note("reactions", sender=m["from"].bare, target=m["reactions"]["id"],
                               signs=sorted(m["reactions"].get_values())))
        for kind in ("subscribe", "subscribed", "unsubscribe", "unsubscribed"):
            self.add_event_handler(f"presence_{kind}", lambda p, kind=kind: note(kind, sender=p["from"].bare, text=p["status"]))
        for kind in ("available", "away", "xa", "dnd", "chat", "unavailable"):
            self.add_event_handler(f"presence_{kind}", lambda p, kind=kind: note("presence", sender=p["from"].bare,
                                   full=str(p["from"]), show=kind, status=p["status"], node=p["caps"]["node"],
                                   ver=p["caps"]["ver"], hash=p["caps"]["hash"]))
        self.add_event_handler("entity_caps", lambda p: note("caps", full=str(p["from"]), ver=p["caps"]["ver"]))

    async def _begin(self, _event):
        await self.get_roster()
        self.send_presence()
        self.note("online", full=str(self.boundjid))

    def _on_message(self, message):
        if message["body"]:
            self.note("message", sender=message["from"].bare, body=message["body"], id=message["id"],
                      wants_receipt=bool(message["request_receipt"]), replaces=message["replace"]["id"],
                      answers=message["reply"]["id"])


class Peer:
    """One account, signed in by Slixmpp. close() signs out and ends the thread."""

    def __init__(self, server, name, tls="starttls"):
        self.name = f"{name} (slixmpp)"
        self.jid = server.jid(name)
        self.seen = []
        self.moved = threading.Condition()
        self.loop = asyncio.new_event_loop()
        self.client = None
        ready = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(server, name, tls, ready), daemon=True)
        self.thread.start()
        check(ready.wait(DEADLINE), "Slixmpp does not start")
        self.full = self.wait("online")["full"]

    def _run(self, server, name, tls, ready):
        asyncio.set_event_loop(self.loop)
        self.client = _Client(f"{self.jid}/slixmpp", server.password(name), server.ca, self._note)
        direct, port = tls == "direct", server.port(tls)
        if "address" in inspect.signature(self.client.connect).parameters:
            self.client.connect(address=("127.0.0.1", port), use_ssl=direct, force_starttls=not direct, disable_starttls=direct)
        else:  # since 1.9
            self.client.enable_direct_tls, self.client.enable_starttls = direct, not direct
            self.client.connect("127.0.0.1", port)
        ready.set()
        self.loop.run_forever()
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self.loop.close()

    def _note(self, kind, **facts):
        with self.moved:
            self.seen.append({"kind": kind, **facts})
            self.moved.notify_all()

    def mark(self):
        with self.moved:
            return len(self.seen)

    def all(self, kind, since=0):
        with self.moved:
            return [entry for entry in self.seen[since:] if entry["kind"] == kind]

    def wait(self, kind, since=0, **fields):
        """The first thing of this kind since the mark whose fields are as given."""
        end = time.monotonic() + DEADLINE
        with self.moved:
            while True:
                for entry in self.seen[since:]:
                    check(entry["kind"] != "failed", f"{self.name} could not sign in")
                    if entry["kind"] == kind and all(entry.get(key) == value for key, value in fields.items()):
                        return entry
                rest = end - time.monotonic()
                if rest <= 0:
                    raise Failure(f"{self.name}: waited in vain for {kind} {fields}")
                self.moved.wait(rest)

    def do(self, action):
        """Runs action(client) on the client's thread and gives its result; a coroutine is awaited."""
        async def run():
            result = action(self.client)
            return await result if asyncio.iscoroutine(result) or asyncio.isfuture(result) else result
        future = asyncio.run_coroutine_threadsafe(run(), self.loop)
        try:
            return future.result(DEADLINE)
        except concurrent.futures.TimeoutError:
            raise Failure(f"{self.name}: no answer within {DEADLINE} s") from None

    def send(self, to, body, receipt=True):
        """Sends a chat message; gives its id."""
        def action(client):
            message = client.make_message(mto=to, mbody=body, mtype="chat")
            message["chat_state"] = "active"
            message["request_receipt"] = receipt
            if not message["id"]:
                message["id"] = client.new_id()
            message.send()
            return message["id"]
        return self.do(action)

    def say_of(self, to, fill, body=""):
        """Sends a chat message of which fill(message, client) makes something that is said of another one."""
        def action(client):
            message = client.make_message(mto=to, mbody=body, mtype="chat")
            message["id"] = client.new_id()
            fill(message, client)
            message.send()
        self.do(action)

    def type(self, to, state):
        def action(client):
            message = client.make_message(mto=to, mtype="chat")
            message["chat_state"] = state
            message.send()
        self.do(action)

    def presence(self, **fields):
        self.do(lambda client: client.send_presence(**fields))

    def report(self):
        print(f"---- {self.name}: its last events", file=sys.stderr)
        for entry in self.seen[-25:]:
            print(f"    {entry}", file=sys.stderr)

    def close(self):
        if self.thread.is_alive():
            try:
                self.do(lambda client: client.disconnect(wait=1.0))
            except Failure:
                pass
            self.loop.call_soon_threadsafe(self.loop.stop)
            self.thread.join(5)
