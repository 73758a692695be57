# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to run the Prosody and the ejabberd that the distribution installed as private, throw-away servers."""

import ctypes
import glob
import json
import os
import shutil
import signal
import subprocess
import urllib.error
import urllib.request


def _with_parent():
    """In the child: die with the parent, also where that one is killed (Linux)."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    except (OSError, AttributeError):
        pass


class Server:
    """One server process and its folder. `options` has domain, folder, ports (dict), register (bool), extra (text), and
    where wanted guests (the domain for them) and clients (bool: certificates of clients sign in)."""

    def __init__(self, options):
        self.domain = options["domain"]
        self.folder = options["folder"]
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
                                            env={**os.environ, **environment}, preexec_fn=_with_parent)

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
c2s_direct_tls_ssl = ssl
https_ssl = ssl
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
    def missing():
        """The package to install, or None."""
        return None if shutil.which("prosody") else "prosody"

    def start(self):
        register = "true" if self.register else "false"
        text = PROSODY_CONFIG.format(folder=self.folder, domain=self.domain, register=register, **self.ports)
        if self.guests:
            text += f'VirtualHost "{self.guests}"\n    authentication = "anonymous"\n'
        self.write("prosody.cfg.lua", text + self.extra + "\n")
        os.makedirs(self.path("data"), exist_ok=True)
        self.spawn(["prosody", "-F", "--config", self.path("prosody.cfg.lua")], {})

    def _file(self, kind, name):
        return os.path.join("data", _prosody_name(self.domain), kind, _prosody_name(name) + ".dat")

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
        self.write(self._file("accounts", name), f'return {{ ["password"] = {_lua(password)}; }};\n')


EJABBERD_CONFIG = """
hosts: [{hosts}]
loglevel: info
certfiles: ["{folder}/server.pem", "{folder}/server.key"]
auth_password_format: plain
default_db: mnesia
max_fsm_queue: 10000
listen:
  - {{port: {starttls}, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 1048576, starttls: true,
      starttls_required: true, tls_verify: {clients}, cafile: "{folder}/ca.pem"}}
  - {{port: {direct}, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 1048576, tls: true, tls_verify: {clients},
      cafile: "{folder}/ca.pem"}}
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
  mod_http_upload: {{host: "upload.{domain}", put_url: "https://localhost:{http}/upload", docroot: "{folder}/upload",
      access: all, max_size: 10485760}}
  mod_last: {{}}
  mod_mam: {{default: always, assume_mam_usage: true}}
  mod_muc: {{host: "rooms.{domain}", access_create: all, default_room_options: {{mam: true}}}}
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


class Ejabberd(Server):
    """ejabberd 23.01 or newer, as one Erlang machine without a network of nodes: no epmd, no cookie, no fixed name."""

    @staticmethod
    def missing():
        return None if shutil.which("erl") and Ejabberd._libraries() else "ejabberd"

    @staticmethod
    def _libraries():
        found = glob.glob("/usr/lib/*/ejabberd-*/ebin") or glob.glob("/usr/lib/ejabberd*/ebin")
        return os.path.dirname(os.path.dirname(found[0])) if found else None

    def start(self):
        register = "  mod_register: {ip_access: all}\n" if self.register else ""
        hosts = ", ".join(f'"{host}"' for host in filter(None, (self.domain, self.guests)))
        clients = "true" if self.clients else "false"
        text = EJABBERD_CONFIG.format(folder=self.folder, domain=self.domain, register=register, hosts=hosts,
                                      clients=clients, **self.ports)
        if self.guests:
            # Its own modules: those of the domain are of no use to guests, and some cannot be had twice.
            text += (f'host_config:\n  "{self.guests}": {{auth_method: [anonymous], anonymous_protocol: sasl_anon, '
                     'modules: {mod_disco: {}, mod_roster: {}, mod_caps: {}}}\n')
        self.write("ejabberd.yml", text + self.extra + "\n")
        self.write("inetrc", '{lookup, ["file", "native"]}.\n')
        environment = {
            "HOME": self.folder, "ERL_LIBS": self._libraries(), "ERL_INETRC": self.path("inetrc"),
            "ERL_CRASH_DUMP": self.path("erl_crash.dump"), "EJABBERD_CONFIG_PATH": self.path("ejabberd.yml"),
            "EJABBERD_LOG_PATH": self.path("ejabberd.log"), "EJABBERD_PID_PATH": self.path("ejabberd.pid"),
            # A slow machine shared with compilers: the virtual machine must not spin for work.
            "ERL_FLAGS": "+sbwt none +sbwtdcpu none +sbwtdio none",
        }
        self.spawn(["erl", "-noinput", "-mnesia", "dir", f'"{self.path("mnesia")}"', "-s", "ejabberd"], environment)

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
        self._call("register", user=name, host=self.domain, password=password)


KINDS = {"prosody": Prosody, "ejabberd": Ejabberd}
