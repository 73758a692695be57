# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate authority of one's own for a test server, made with the openssl command."""

import os
import subprocess
import time

DAY = 24 * 3600

CONFIG = """
[ca]
default_ca = balcony
[balcony]
database = {dir}/index.txt
serial = {dir}/serial
new_certs_dir = {dir}
certificate = {dir}/ca.pem
private_key = {dir}/ca.key
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = name
prompt = no
[name]
commonName = {common}
[server]
subjectAltName = {alternatives}
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
[client]
subjectAltName = {alternatives}
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
"""

KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


def _write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def _openssl(*arguments):
    done = subprocess.run(["openssl", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {arguments[0]}: {done.stderr.strip()}")


def _stamp(seconds):
    return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(seconds))


def _issue(folder, name, kind, start, end):
    """A certificate NAME.pem with its key NAME.key by NAME.cnf, from folder's authority."""
    def path(extension):
        return os.path.join(folder, name + extension)

    _openssl("req", *KEY, "-config", path(".cnf"), "-keyout", path(".key"), "-out", path(".csr"))
    _openssl("ca", "-batch", "-notext", "-config", path(".cnf"), "-extensions", kind, "-startdate", _stamp(start),
             "-enddate", _stamp(end), "-in", path(".csr"), "-out", path(".pem"))


def make_client(folder, name, address, passphrase, expired=False):
    """Makes folder/client-NAME.pem, certificate and key in one file, and folder/client-NAME.p12, with a passphrase, for
    the XMPP address, by the authority that make() made. Raises RuntimeError where openssl fails."""
    stem = f"client-{name}"
    alternatives = f"otherName:1.3.6.1.5.5.7.8.5;UTF8:{address}"
    _write(os.path.join(folder, stem + ".cnf"), CONFIG.format(dir=folder, common=name, alternatives=alternatives))
    now = time.time()
    start, end = (now - 60 * DAY, now - 2 * DAY) if expired else (now - DAY, now + 30 * DAY)
    _issue(folder, stem, "client", start, end)
    key, pem = (os.path.join(folder, stem + extension) for extension in (".key", ".pem"))
    _openssl("pkcs12", "-export", "-in", pem, "-inkey", key, "-out", os.path.join(folder, stem + ".p12"),
             "-passout", f"pass:{passphrase}")
    with open(key, encoding="utf-8") as own, open(pem, "a", encoding="utf-8") as both:
        both.write(own.read())


def make(folder, names, bad=None):
    """Makes folder/ca.pem, folder/server.pem (with its chain) and folder/server.key.

    names -- the DNS names of the certificate; it is good for localhost and 127.0.0.1 too, for HTTP uploads
    bad   -- None, or what is wrong: "name" (made out to somebody else), "self-signed", "expired"
    Raises RuntimeError where openssl fails.
    """
    def path(name):
        return os.path.join(folder, name)

    if bad == "name":
        names = ["somebody-else.test"]
    alternatives = ",".join([f"DNS:{name}" for name in names] + ([] if bad == "name" else ["DNS:localhost", "IP:127.0.0.1"]))
    _write(path("index.txt"), "")
    _write(path("serial"), "1000\n")
    _write(path("ca.cnf"), CONFIG.format(dir=folder, common="Balcony test authority", alternatives=alternatives))
    _write(path("server.cnf"), CONFIG.format(dir=folder, common=names[0], alternatives=alternatives))
    _openssl("req", "-x509", *KEY, "-days", "30", "-config", path("ca.cnf"), "-extensions", "authority",
             "-keyout", path("ca.key"), "-out", path("ca.pem"))
    if bad == "self-signed":
        _openssl("req", "-x509", *KEY, "-days", "30", "-config", path("server.cnf"), "-extensions", "server",
                 "-keyout", path("server.key"), "-out", path("server.pem"))
        return
    now = time.time()
    start, end = (now - 60 * DAY, now - 2 * DAY) if bad == "expired" else (now - DAY, now + 30 * DAY)
    _issue_server(folder, start, end)


def _issue_server(folder, start, end):
    _issue(folder, "server", "server", start, end)
    with open(os.path.join(folder, "ca.pem"), encoding="utf-8") as authority, \
            open(os.path.join(folder, "server.pem"), "a", encoding="utf-8") as chain:
        chain.write(authority.read())


def renew(folder):
    """Another certificate, with another key, for the server of a make() without anything bad."""
    now = time.time()
    _issue_server(folder, now - DAY, now + 60 * DAY)
