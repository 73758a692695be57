#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop's notification daemon and tray, in the test's hand, on the session bus that is there (DBUS_SESSION_BUS_ADDRESS).

Desktop starts this file as a program of its own, which owns the names; the system's Python has gi. Also hears what docks hear.
"""

import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from busservices import BusServices  # noqa: E402

NOTIFY, NOTIFY_PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
WATCHER = "org.kde.StatusNotifierWatcher"
LAUNCHER = "com.canonical.Unity.LauncherEntry"
NOTIFY_XML = """<node><interface name='org.freedesktop.Notifications'>
<method name='GetCapabilities'><arg type='as' direction='out'/></method>
<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>
<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>
<arg type='i' direction='in'/><arg type='u' direction='out'/></method>
<method name='CloseNotification'><arg type='u' direction='in'/></method></interface></node>"""
WATCHER_XML = """<node><interface name='org.kde.StatusNotifierWatcher'>
<method name='RegisterStatusNotifierItem'><arg type='s' direction='in'/></method>
<method name='RegisterStatusNotifierHost'><arg type='s' direction='in'/></method>
<property name='RegisteredStatusNotifierItems' type='as' access='read'/>
<property name='IsStatusNotifierHostRegistered' type='b' access='read'/>
<property name='ProtocolVersion' type='i' access='read'/></interface></node>"""


class Desktop(BusServices):
    """Events: `shown` (what Notify was given), `closed`, `item` (an icon in the tray, by its bus name and its program), `badge`."""

    def __init__(self, *options):
        super().__init__(__file__, *options)

    def action(self, number, action):
        """The person chose something of a notification."""
        self.tell(signal="ActionInvoked", number=number, text=action)

    def reply(self, number, text):
        """The person wrote an answer into a notification."""
        self.tell(signal="NotificationReplied", number=number, text=text)

    def click(self, item):
        """A click on an icon in the tray."""
        self.tell(click=item)


def serve(capabilities):
    from gi.repository import Gio, GLib  # only this program needs it
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    last = [0]
    items = {}

    def say(event, **fields):
        print(json.dumps({"event": event, **fields}), flush=True)

    def notify(_bus, _sender, _path, _interface, method, arguments, invocation):
        if method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (capabilities,)))
        elif method == "CloseNotification":
            invocation.return_value(None)
            say("closed", number=arguments.unpack()[0])
        else:
            _program, replaces, icon, title, body, actions, hints, _timeout = arguments.unpack()
            last[0] += 0 if replaces else 1
            number = replaces or last[0]
            invocation.return_value(GLib.Variant("(u)", (number,)))
            say("shown", number=number, replaces=replaces, icon=icon, title=title, body=body, actions=actions, hints=hints)

    def watch(_bus, sender, _path, _interface, method, arguments, invocation):
        invocation.return_value(None)
        if method == "RegisterStatusNotifierItem":
            name = arguments.unpack()[0]
            items[name] = sender
            # Qt gives a name of its own or the connection's, as its version goes: whose it is, the bus knows.
            pid = bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                "GetConnectionUnixProcessID", GLib.Variant("(s)", (sender,)), None,
                                Gio.DBusCallFlags.NONE, -1, None).unpack()[0]
            say("item", name=name, pid=pid)

    def properties(_bus, _sender, _path, _interface, name):
        return {"RegisteredStatusNotifierItems": GLib.Variant("as", list(items)),
                "IsStatusNotifierHostRegistered": GLib.Variant("b", True), "ProtocolVersion": GLib.Variant("i", 0)}[name]

    def register(path, xml, call, get=None):
        bus.register_object(path, Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0], call, get, None)

    def badge(_bus, _sender, _path, _interface, _signal, arguments):
        entry, values = arguments.unpack()
        say("badge", entry=entry, count=values.get("count"), visible=values.get("count-visible"))

    register(NOTIFY_PATH, NOTIFY_XML, notify)
    register("/StatusNotifierWatcher", WATCHER_XML, watch, properties)
    bus.signal_subscribe(None, LAUNCHER, "Update", None, None, Gio.DBusSignalFlags.NONE, badge)

    def told(channel, _condition):
        line = channel.readline()
        if not line:
            loop.quit()
            return False
        command = json.loads(line)
        if "click" in command:
            bus.call(items[command["click"]], "/StatusNotifierItem", "org.kde.StatusNotifierItem", "Activate",
                     GLib.Variant("(ii)", (0, 0)), None, Gio.DBusCallFlags.NONE, -1, None, None)
        else:
            bus.emit_signal(None, NOTIFY_PATH, NOTIFY, command["signal"], GLib.Variant("(us)", (command["number"], command["text"])))
        return True

    for name in (NOTIFY, WATCHER):
        bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                      GLib.Variant("(su)", (name, 0)), None, Gio.DBusCallFlags.NONE, -1, None)
    loop = GLib.MainLoop()
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, told)
    say("ready")
    loop.run()


if __name__ == "__main__":
    serve(sys.argv[1:])
