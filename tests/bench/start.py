#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time from the start of the process to a window that can be used.

Three moments, each in milliseconds after exec: the program answers `stats` on its local socket, its window is mapped, and
something is painted in it; usable is the latest of them. On an X server of its own without a window manager, told by X
events and not by asking again and again. Cold: the program, its libraries and the profile are out of the system's cache
(what other programs have mapped stays). Prints one JSON object a line, as the other benchmarks.
"""

import argparse
import ctypes
import glob
import json
import os
import re
import select
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

DEADLINE = 60


def report(name, value, unit="ms"):
    print(json.dumps({"name": name, "value": value, "unit": unit}), flush=True)


def missing(name, reason):
    print(json.dumps({"name": name, "missing": reason}), flush=True)


class Display:
    """An X server on a free number, and a connection to it that hears of windows."""

    def __init__(self):
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
                                       pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        self.name = f":{number}"
        self.x = ctypes.CDLL("libX11.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XGetImage.restype = ctypes.c_void_p
        self.x.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint,
                                     ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
        self.x.XGetPixel.restype = ctypes.c_ulong
        self.x.XGetPixel.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
        self.x.XDestroyImage.argtypes = [ctypes.c_void_p]
        for function in ("XDefaultRootWindow", "XSelectInput", "XPending", "XNextEvent", "XConnectionNumber", "XSync"):
            getattr(self.x, function).argtypes = {
                "XSelectInput": [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_long],
                "XNextEvent": [ctypes.c_void_p, ctypes.c_void_p],
                "XSync": [ctypes.c_void_p, ctypes.c_int],
            }.get(function, [ctypes.c_void_p])
        self.display = self.x.XOpenDisplay(self.name.encode())
        if not self.display:
            raise RuntimeError("the X server cannot be reached")
        self.root = self.x.XDefaultRootWindow(self.display)
        self.x.XSelectInput(self.display, self.root, 1 << 19)  # SubstructureNotify
        self.x.XSync(self.display, 0)

    def mapped(self):
        """The geometry of a large window that was mapped since the last call, or None."""
        event = ctypes.create_string_buffer(192)
        found = None
        while self.x.XPending(self.display):
            self.x.XNextEvent(self.display, event)
            # XConfigureEvent and XMapEvent share the head: type, serial, send_event, display, event, window.
            kind = ctypes.cast(event, ctypes.POINTER(ctypes.c_int))[0]
            if kind == 19:  # MapNotify
                found = True
        return found

    def colours(self):
        """How many colours stand on a coarse grid over the screen; the bare root has one."""
        image = self.x.XGetImage(self.display, self.root, 0, 0, 1280, 900, 0xFFFFFFFF, 2)
        if not image:
            return 0
        seen = {self.x.XGetPixel(image, x, y) for x in range(4, 1280, 16) for y in range(4, 900, 12)}
        self.x.XDestroyImage(image)
        return len(seen)

    def connection(self):
        return self.x.XConnectionNumber(self.display)

    def close(self):
        self.server.terminate()
        self.server.wait()


def drop_from_cache(paths):
    for path in paths:
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError:
            continue
        try:
            os.fsync(handle)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        except OSError:
            pass
        finally:
            os.close(handle)


def files_of(program, profile):
    libraries = subprocess.run(["ldd", program], capture_output=True, text=True).stdout
    return [program, *re.findall(r"=> (/\S+)", libraries), *glob.glob(os.path.join(profile, "*"))]


def control_socket(profile):
    """The path of the socket in the profile, when it is there."""
    for path in glob.glob(os.path.join(profile, "*")):
        try:
            if os.path.exists(path) and (os.stat(path).st_mode & 0o170000) == 0o140000:
                return path
        except OSError:
            pass
    return None


class Control:
    """The automation port: connects when the socket is there, asks for `stats`, and can end the program."""

    def __init__(self, profile):
        self.profile = profile
        self.connection = None
        self.answered = False
        self.stats = {}
        self.buffer = b""

    def step(self):
        if self.connection is None:
            path = control_socket(self.profile)
            if path is None:
                return
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(path)
            except OSError:
                connection.close()
                return
            connection.setblocking(False)
            connection.sendall(b'{"id":1,"cmd":"stats"}\n')
            self.connection = connection
        try:
            self.buffer += self.connection.recv(65536)
        except BlockingIOError:
            return
        for line in self.buffer.split(b"\n")[:-1]:
            answer = json.loads(line)
            if answer.get("id") == 1 or "ok" in answer:
                if not answer.get("ok", True):
                    raise RuntimeError(f"stats answers {answer}")
                self.answered, self.stats = True, answer
        self.buffer = self.buffer.rsplit(b"\n", 1)[-1]

    def quit(self):
        if self.connection is not None:
            self.connection.setblocking(True)
            self.connection.sendall(b'{"id":2,"cmd":"quit"}\n')
            self.connection.close()


def one_start(program, profile, display):
    """Milliseconds to each moment. Without a display only to the answer."""
    environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_RUNTIME_DIR=os.environ.get("XDG_RUNTIME_DIR", tempfile.gettempdir()))
    environment.pop("WAYLAND_DISPLAY", None)
    environment.pop("QT_QPA_PLATFORM", None)
    if display:
        environment["DISPLAY"] = display.name
        display.mapped()
    moments = {}
    control = Control(profile)
    with tempfile.TemporaryFile() as errors:
        begin = time.monotonic()
        process = subprocess.Popen([program, "--profile", profile, "--offline"], env=environment, stdin=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL, stderr=errors)
        wanted = {"answer"} | ({"mapped", "painted"} if display else set())
        try:
            while wanted - moments.keys():
                if process.poll() is not None or time.monotonic() - begin > DEADLINE:
                    errors.seek(0)
                    text = errors.read().decode(errors="replace").strip()[-300:]
                    raise RuntimeError(f"{os.path.basename(program)} gave no {', '.join(sorted(wanted - moments.keys()))}: {text}")
                watched = [display.connection()] if display else []
                select.select(watched, [], [], 0.002)
                control.step()
                now = (time.monotonic() - begin) * 1000
                if control.answered:
                    moments.setdefault("answer", now)
                if display and display.mapped():
                    moments.setdefault("mapped", now)
                # A whole screenshot costs some milliseconds: only once there is something to see.
                if display and "mapped" in moments and "painted" not in moments and display.colours() > 2:
                    moments["painted"] = (time.monotonic() - begin) * 1000
            usage = control.stats
        finally:
            control.quit()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdin.close()
    moments["usable"] = max(moments.values())
    return moments, usage


def measure(program, profile, name, display, rounds):
    for kind in ("warm", "cold"):
        results = []
        if kind == "warm":
            one_start(program, profile, display)
        for _ in range(rounds):
            if kind == "cold":
                drop_from_cache(files_of(program, profile))
            results.append(one_start(program, profile, display)[0])
        for moment in ("answer", "mapped", "painted", "usable"):
            values = [result[moment] for result in results if moment in result]
            if values and (display or moment == "usable"):
                report(f"start/{name}, {kind}/{moment}", statistics.median(values))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, help="the folder with the programs")
    parser.add_argument("--quick", action="store_true", help="one start of each kind, small profile")
    parser.add_argument("--data", help="keeps the profile with 300 chats for the next run")
    arguments = parser.parse_args()
    rounds = 1 if arguments.quick else 7
    with tempfile.TemporaryDirectory(prefix="balcony-bench-") as folder:
        empty = os.path.join(folder, "empty")
        full = os.path.join(arguments.data or folder, "start")
        subprocess.run([os.path.join(arguments.bin, "bench_store"), "--fill", full, "--chats", "300", "--messages",
                        "3000" if arguments.quick else "30000"], check=True)
        window = os.path.join(arguments.bin, "balcony")
        headless = os.path.join(arguments.bin, "balcony-headless")
        failed = False
        for program, kind in ((window, "window"), (headless, "headless")):
            if not os.path.exists(program):
                missing(f"start/{kind}", f"there is no {os.path.basename(program)} in this build")
                continue
            if kind == "window" and not shutil.which("Xvfb"):
                missing(f"start/{kind}", "Xvfb is not installed")
                continue
            display = Display() if kind == "window" else None
            try:
                for profile, name in ((empty, "empty profile"), (full, "300 chats")):
                    measure(program, profile, f"{kind}, {name}", display, rounds)
            except RuntimeError as error:
                print(f"start.py: {error}", file=sys.stderr)
                failed = True
            finally:
                if display:
                    display.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
