# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to run a Prosody and an ejabberd as private, throw-away servers: those that the distribution installed, or those of
another Debian that lies in a folder (tests/support/debian13)."""

import ctypes
import glob
import hashlib
import json
import os
import shutil
import signal
import ssl
import subprocess
import urllib.error
import urllib.request


def _with_parent():
    """In the child: die with the parent, also where that one is killed (Linux)."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    except (OSError, AttributeError):
        pass


NEW_MOUNTS, PRIVATE, RECURSIVE, BIND = 0x20000, 1 << 18, 0x4000, 0x1000


def _mount(source, target, flags):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(source.encode(), target.encode(), None, flags, None):
        raise OSError(ctypes.get_errno(), f"{source} on {target}: {os.strerror(ctypes.get_errno())}")


def _enter(root, folder):
    """In the child, as root: moves into the Debian of `root`, with mounts that no other process sees: `folder` as /mnt."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(NEW_MOUNTS):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    _mount("none", "/", RECURSIVE | PRIVATE)
    for source, target in (("/dev", "dev"), ("/proc", "proc"), (folder, "mnt")):
        _mount(source, os.path.join(root, target), BIND | RECURSIVE)
    os.chroot(root)
    os.chdir("/mnt")


class Server:
    """One server process and its folder. `options` has domain, more_domains (list), folder, root (the folder of another
    Debian, or None), ports (dict), register (bool), old_direct (bool: TLS 1.2 alone on the direct port), extra (text), and
    where wanted guests (the domain for them) and clients (bool: certificates of clients sign in)."""

    def __init__(self, options):
        self.domain = options["domain"]
        self.domains = [self.domain, *options["more_domains"]]
        self.folder = options["folder"]
        self.root = options["root"]
        self.inside = "/mnt" if self.root else self.folder  # the same folder, as the server sees it
        self.old_direct = options["old_direct"]
        self.ports = options["ports"]
        self.register = options["register"]
        self.extra = options["extra"]
        self.guests = options.get("guests")
        self.clients = options.get("clients", False)
        self.process = None

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def spawn(self, command, environment):
        with open(self.path("server.log"), "ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                                            env={**os.environ, **environment}, preexec_fn=self._in_child)

    def _in_child(self):
        _with_parent()
        if self.root:
            _enter(self.root, self.folder)

    @classmethod
    def missing(cls, root):
        """The package to install, or None."""
        return None if cls.is_in(root or "/") else cls.__name__.lower()

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def stop(self, patience=5):
        """Ends the process by its id: politely, then for certain."""
        if not self.is_running():
            return
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        if self.is_running():
            self.process.kill()
            self.process.wait()

    def log_tail(self):
        """The end of what the server wrote, for error messages."""
        try:
            with open(self.path("server.log"), encoding="utf-8", errors="replace") as file:
                return "".join(file.readlines()[-25:])
        except OSError:
            return "(no log)"


PROSODY_CONFIG = """
run_as_root = true
daemonize = false
pidfile = "{folder}/prosody.pid"
data_path = "{folder}/data"
plugin_paths = {{ }}
certificates = "{folder}"
log = {{ {{ levels = {{ min = "info" }}; to = "console"; }} }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {starttls} }}
c2s_direct_tls_ports = {{ {direct} }}
http_ports = {{ }}
https_ports = {{ {http} }}
modules_enabled = {{ "roster", "saslauth", "tls", "disco", "carbons", "pep", "smacks", "mam", "csi_simple", "blocklist",
    "ping", "private", "vcard4", "vcard_legacy", "bookmarks", "time", "version", "lastactivity", "register",
    "posix" }}
modules_disabled = {{ "s2s" }}
allow_registration = {register}
c2s_require_encryption = true
authentication = "internal_plain"
storage = "internal"
archive_expires_after = "never"
smacks_hibernation_time = 300
ssl = {{ key = "{folder}/server.key"; certificate = "{folder}/server.pem"; }}
c2s_direct_tls_ssl = {{ key = "{folder}/server.key"; certificate = "{folder}/server.pem"; {protocol} }}
https_ssl = {{ key = "{folder}/server.key"; certificate = "{folder}/server.pem"; }}
VirtualHost "{domain}"
Component "rooms.{domain}" "muc"
    modules_enabled = {{ "muc_mam" }}
    name = "Rooms"
Component "upload.{domain}" "http_file_share"
    http_host = "localhost"
    http_external_url = "https://localhost:{http}/"
    http_file_share_size_limit = 10485760
"""


def _lua(text):
    return json.dumps(text, ensure_ascii=False)


def _prosody_name(text):
    """A name as Prosody's file storage writes it."""
    return "".join(c if c.isascii() and c.isalnum() else "".join("%%%02x" % b for b in c.encode()) for c in text)


class Prosody(Server):
    """Prosody 0.12 or newer. Accounts and rosters are plain files that it reads when asked."""

    @staticmethod
    def is_in(root):
        return os.access(os.path.join(root, "usr", "bin", "prosody"), os.X_OK) or root == "/" and shutil.which("prosody")

    def start(self):
        text = PROSODY_CONFIG.format(folder=self.inside, domain=self.domain, register="true" if self.register else "false",
                                     protocol='protocol = "tlsv1_2"; options = { no_ticket = false };' if self.old_direct else "",
                                     **self.ports)
        if self.guests:
            text += f'VirtualHost "{self.guests}"\n    authentication = "anonymous"\n'
        self.write("prosody.cfg.lua", text + self.extra.replace("@CERTIFICATE@", self._certificate_hash()) + "\n")
        os.makedirs(self.path("data"), exist_ok=True)
        self.spawn(["prosody", "-F", "--config", os.path.join(self.inside, "prosody.cfg.lua")], {})

    def _certificate_hash(self):
        """What tls-server-end-point binds to (RFC 5929 4.1), for the options in `extra`."""
        with open(self.path("server.pem"), encoding="ascii") as file:
            first, end, _ = file.read().partition("-----END CERTIFICATE-----")
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(first + end + "\n")).hexdigest()

    def _file(self, kind, name, domain=None):
        return os.path.join("data", _prosody_name(domain or self.domain), kind, _prosody_name(name) + ".dat")

    def before_start(self, accounts, friends):
        """Called once, before the first start."""
        for name, password in accounts.items():
            self.add_account(name, password)
        for name in friends:
            items = "".join(f'[{_lua(f"{other}@{self.domain}")}] = {{ subscription = "both"; groups = {{ }}; '
                            f'name = {_lua(other.capitalize())}; }}; ' for other in friends if other != name)
            self.write(self._file("roster", name), f"return {{ [false] = {{ version = 1; }}; {items} }};\n")

    def after_start(self, accounts, friends):
        """Called once, when the server answers."""

    def add_account(self, name, password):
        for domain in self.domains:
            self.write(self._file("accounts", name, domain), f'return {{ ["password"] = {_lua(password)}; }};\n')


EJABBERD_CONFIG = """
hosts: {domains}
loglevel: info
certfiles: ["{folder}/server.pem", "{folder}/server.key"]
auth_password_format: plain
default_db: mnesia
max_fsm_queue: 10000
listen:
  - {{port: {starttls}, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 1048576, starttls: true,
      starttls_required: true, tls_verify: {clients}, cafile: "{folder}/ca.pem"}}
  - {{port: {direct}, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 1048576, tls: true, tls_verify: {clients},
      cafile: "{folder}/ca.pem", protocol_options: {protocol}}}
  - {{port: {http}, ip: "127.0.0.1", module: ejabberd_http, tls: true, request_handlers: {{/upload: mod_http_upload}}}}
  - {{port: {control}, ip: "127.0.0.1", module: ejabberd_http, request_handlers: {{/api: mod_http_api}}}}
acme: {{auto: false}}
api_permissions:
  "tests": {{from: [mod_http_api], who: {{ip: "127.0.0.1/32"}}, what: "*"}}
registration_timeout: infinity
modules:
  mod_adhoc: {{}}
  mod_admin_extra: {{}}
  mod_avatar: {{}}
  mod_blocking: {{}}
  mod_caps: {{}}
  mod_carboncopy: {{}}
  mod_client_state: {{}}
  mod_disco: {{}}
  mod_http_api: {{}}
{upload}  mod_last: {{}}
  mod_mam: {{default: always, assume_mam_usage: true}}
  mod_muc: {{host: "rooms.@HOST@", access_create: all, default_room_options: {{mam: true}}}}
  mod_offline: {{}}
  mod_ping: {{}}
  mod_privacy: {{}}
  mod_private: {{}}
  mod_pubsub: {{plugins: [flat, pep], force_node_config: {{"storage:bookmarks": {{access_model: whitelist}},
      "urn:xmpp:bookmarks:1": {{access_model: whitelist, max_items: infinity}}}}}}
  mod_roster: {{versioning: true}}
{register}  mod_stream_mgmt: {{resend_on_timeout: if_offline, resume_timeout: 300}}
  mod_time: {{}}
  mod_vcard: {{}}
  mod_vcard_xupdate: {{}}
  mod_version: {{}}
"""


EJABBERD_UPLOAD = """  mod_http_upload: {{host: "upload.{domain}", put_url: "https://localhost:{http}/upload", docroot: "{folder}/upload",
      access: all, max_size: 10485760}}
"""


class Ejabberd(Server):
    """ejabberd 23.01 or newer, as one Erlang machine without a network of nodes: no epmd, no cookie, no fixed name."""

    @staticmethod
    def is_in(root):
        return os.access(os.path.join(root, "usr", "bin", "erl"), os.X_OK) and Ejabberd._libraries(root)

    @staticmethod
    def _libraries(root):
        """The folder with ejabberd's own libraries, as seen from inside `root`."""
        found = glob.glob(os.path.join(root, "usr/lib/*/ejabberd-*/ebin")) or glob.glob(os.path.join(root, "usr/lib/ejabberd*/ebin"))
        return "/" + os.path.relpath(os.path.dirname(os.path.dirname(found[0])), root) if found else None

    def start(self):
        register = "  mod_register: {ip_access: all}\n" if self.register else ""
        domains = json.dumps(self.domains + ([self.guests] if self.guests else []))
        # One address for uploads is one domain's.
        upload = "" if len(self.domains) > 1 else EJABBERD_UPLOAD.format(domain=self.domain, folder=self.inside, **self.ports)
        protocol = ["no_tlsv1", "no_tlsv1_1"] + (["no_tlsv1_3"] if self.old_direct else [])
        text = EJABBERD_CONFIG.format(folder=self.inside, domain=self.domain, domains=domains, upload=upload, register=register,
                                      clients="true" if self.clients else "false", protocol=json.dumps(protocol), **self.ports)
        if self.guests:
            # Its own modules: those of the domain are of no use to guests, and some cannot be had twice.
            text += (f'host_config:\n  "{self.guests}": {{auth_method: [anonymous], anonymous_protocol: sasl_anon, '
                     'modules: {mod_disco: {}, mod_roster: {}, mod_caps: {}}}\n')
        self.write("ejabberd.yml", text + self.extra + "\n")
        self.write("inetrc", '{lookup, ["file", "native"]}.\n')
        def inside(name):
            return os.path.join(self.inside, name)
        environment = {
            "HOME": self.inside, "ERL_LIBS": self._libraries(self.root or "/"), "ERL_INETRC": inside("inetrc"),
            "ERL_CRASH_DUMP": inside("erl_crash.dump"), "EJABBERD_CONFIG_PATH": inside("ejabberd.yml"),
            "EJABBERD_LOG_PATH": inside("ejabberd.log"), "EJABBERD_PID_PATH": inside("ejabberd.pid"),
            # A slow machine shared with compilers: the virtual machine must not spin for work.
            "ERL_FLAGS": "+sbwt none +sbwtdcpu none +sbwtdio none",
        }
        self.spawn(["erl", "-noinput", "-mnesia", "dir", f'"{inside("mnesia")}"', "-s", "ejabberd"], environment)

    def log_tail(self):
        try:
            with open(self.path("ejabberd.log"), encoding="utf-8", errors="replace") as file:
                return super().log_tail() + "".join(file.readlines()[-25:])
        except OSError:
            return super().log_tail()

    def _call(self, command, **arguments):
        """One command of ejabberd's administration interface. Raises OSError with ejabberd's own words."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.ports['control']}/api/{command}",
                                         json.dumps(arguments).encode(), {"Content-Type": "application/json"})
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(request, timeout=10) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise OSError(f"ejabberd {command}: {error.code} {error.read().decode(errors='replace')}") from error

    def before_start(self, accounts, friends):
        pass

    def after_start(self, accounts, friends):
        for name, password in accounts.items():
            self.add_account(name, password)
        for name in friends:
            for other in friends:
                if other != name:
                    self._befriend(name, other)

    def _befriend(self, name, other):
        item = {"localuser": name, "localhost": self.domain, "user": other, "host": self.domain,
                "nick": other.capitalize(), "subs": "both"}
        try:
            self._call("add_rosteritem", **item, groups=[])
        except OSError:  # before 24.02 there was one group
            self._call("add_rosteritem", **item, group="")

    def add_account(self, name, password):
        for domain in self.domains:
            self._call("register", user=name, host=domain, password=password)


KINDS = {"prosody": Prosody, "ejabberd": Ejabberd}
