#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A private system bus with a logind and a NetworkManager in the test's hand: what Balcony reads of the two, and no more.

SystemBus starts a dbus-daemon and this file as a program of its own, which owns the two names; the system's Python has gi.
"""

import json
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from busservices import BusServices  # noqa: E402

LOGIN, NETWORK = "org.freedesktop.login1", "org.freedesktop.NetworkManager"
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/><allow send_type="signal"/>
<allow receive_sender="*"/></policy></busconfig>
"""
# NMState and NMConnectivityState of NetworkManager's D-Bus API.
ASLEEP, GONE, ONLINE = 10, 20, 70
PORTAL, FULL = 2, 4


class SystemBus(BusServices):
    """`address` goes into DBUS_SYSTEM_BUS_ADDRESS of who is to use it. Events: `lock` (somebody delays sleep), `unlock`, `asked`
    (NetworkManager was read)."""

    def __init__(self, folder):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        socket, config = os.path.join(folder, "bus"), os.path.join(folder, "bus.conf")
        with open(config, "w", encoding="ascii") as file:
            file.write(CONFIG.format(socket=socket))
        self.address = f"unix:path={socket}"
        self.daemon = subprocess.Popen(["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"],
                                       stdout=subprocess.PIPE, text=True)
        if not self.daemon.stdout.readline():
            raise RuntimeError("dbus-daemon did not start")
        super().__init__(__file__, self.address)

    def sleep(self, sleeps):
        self.tell(sleep=sleeps)

    def network(self, state=ONLINE, connectivity=FULL):
        self.tell(state=state, connectivity=connectivity)

    def close(self):
        super().close()
        self.daemon.terminate()
        self.daemon.wait()


def serve(address):
    from gi.repository import Gio, GLib  # only this program needs it
    bus = Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
    now = {"State": ONLINE, "Connectivity": FULL, "Metered": 4, "PrimaryConnection": "/", "PrimaryConnectionType": "802-3-ethernet"}
    types = {"State": "u", "Connectivity": "u", "Metered": "u", "PrimaryConnection": "o", "PrimaryConnectionType": "s"}

    def say(event, **fields):
        print(json.dumps({"event": event, **fields}), flush=True)

    def inhibit(_bus, _sender, _path, _interface, _method, arguments, invocation):
        what, who, why, mode = arguments.unpack()
        ours, theirs = os.pipe()
        files = Gio.UnixFDList.new()
        files.append(theirs)
        os.close(theirs)
        invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), files)
        say("lock", what=what, who=who, why=why, mode=mode)

        def gone(*_):
            say("unlock")
            os.close(ours)
            return False
        GLib.io_add_watch(GLib.IOChannel.unix_new(ours), GLib.PRIORITY_DEFAULT, GLib.IOCondition.HUP, gone)

    def properties(_bus, _sender, _path, _interface, name):
        say("asked")
        return GLib.Variant(types[name], now[name])

    def register(path, interface, body, **handlers):
        info = Gio.DBusNodeInfo.new_for_xml(f"<node><interface name='{interface}'>{body}</interface></node>").interfaces[0]
        bus.register_object(path, info, *(handlers.get(key) for key in ("call", "get")), None)

    register("/org/freedesktop/login1", LOGIN + ".Manager",
             "<method name='Inhibit'>" + "".join(f"<arg name='{name}' type='s' direction='in'/>" for name in ("what", "who", "why", "mode"))
             + "<arg name='fd' type='h' direction='out'/></method><signal name='PrepareForSleep'><arg name='start' type='b'/></signal>",
             call=inhibit)
    register("/org/freedesktop/NetworkManager", NETWORK,
             "".join(f"<property name='{name}' type='{kind}' access='read'/>" for name, kind in types.items()), get=properties)

    def told(channel, _condition):
        line = channel.readline()
        if not line:
            loop.quit()
            return False
        command = json.loads(line)
        if "sleep" in command:
            bus.emit_signal(None, "/org/freedesktop/login1", LOGIN + ".Manager", "PrepareForSleep", GLib.Variant("(b)", (command["sleep"],)))
        else:
            new = {"State": command["state"], "Connectivity": command["connectivity"]}
            changed = {key: GLib.Variant(types[key], value) for key, value in new.items() if now[key] != value}
            now.update(new)
            bus.emit_signal(None, "/org/freedesktop/NetworkManager", "org.freedesktop.DBus.Properties", "PropertiesChanged",
                            GLib.Variant("(sa{sv}as)", (NETWORK, changed, [])))
        return True

    for name in (LOGIN, NETWORK):
        bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                      GLib.Variant("(su)", (name, 0)), None, Gio.DBusCallFlags.NONE, -1, None)
    loop = GLib.MainLoop()
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, told)
    say("ready")
    loop.run()


if __name__ == "__main__":
    serve(sys.argv[1])
