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
    _openssl("req", *KEY, "-config", path("server.cnf"), "-keyout", path("server.key"), "-out", path("server.csr"))
    _openssl("ca", "-batch", "-notext", "-config", path("server.cnf"), "-extensions", "server",
             "-startdate", _stamp(start), "-enddate", _stamp(end), "-in", path("server.csr"), "-out", path("server.pem"))
    with open(path("ca.pem"), encoding="utf-8") as authority, open(path("server.pem"), "a", encoding="utf-8") as chain:
        chain.write(authority.read())
