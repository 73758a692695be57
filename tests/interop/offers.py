# SPDX-FileCopyrightText: 2026 The Balcony authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a server offers to sign in by, as it says it after TLS."""

import dataclasses
import socket
import ssl
import xml.etree.ElementTree as ET

STREAM, TLS = "http://etherx.jabber.org/streams", "urn:ietf:params:xml:ns:xmpp-tls"
SASL, SASL2, BINDINGS = "urn:ietf:params:xml:ns:xmpp-sasl", "urn:xmpp:sasl:2", "urn:xmpp:sasl-cb:0"
BIND2, FAST = "urn:xmpp:bind:0", "urn:xmpp:fast:0"


@dataclasses.dataclass
class Offer:
    tls: str          # as Python names the version: TLSv1.3
    mechanisms: set
    bindings: list    # XEP-0440's, in the server's order
    has_sasl2: bool
    has_bind2: bool
    tokens: set       # XEP-0484's mechanisms


def _read(sock, end):
    data = b""
    while end not in data:
        piece = sock.recv(65536)
        if not piece:
            raise OSError(f"the server ended the stream: {data!r}")
        data += piece
    return data


def read_offer(port, domain, direct):
    """Asks the server at 127.0.0.1:port, as romeo."""
    header = (f"<?xml version='1.0'?><stream:stream to='{domain}' %sversion='1.0' xmlns='jabber:client' "
              f"xmlns:stream='{STREAM}'>")
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port), timeout=30) as sock:
        if not direct:
            sock.sendall((header % "").encode())
            _read(sock, b"</stream:features>")
            sock.sendall(f"<starttls xmlns='{TLS}'/>".encode())
            _read(sock, b"<proceed")
        with context.wrap_socket(sock, server_hostname=domain) as secure:
            secure.sendall((header % f"from='romeo@{domain}' ").encode())
            data = _read(secure, b"</stream:features>")
            version = secure.version()
    features = ET.fromstring(data + b"</stream:stream>").find(f"{{{STREAM}}}features")
    sasl2 = features.find(f"{{{SASL2}}}authentication")
    names = features.find(f"{{{SASL}}}mechanisms") if sasl2 is None else sasl2
    listed = features.find(f"{{{BINDINGS}}}sasl-channel-binding")
    return Offer(version, {(child.text or "").strip() for child in names if child.tag.endswith("}mechanism")},
                 [child.get("type") for child in listed] if listed is not None else [], sasl2 is not None,
                 sasl2 is not None and sasl2.find(f"{{{SASL2}}}inline/{{{BIND2}}}bind") is not None,
                 {child.text for child in features.iter(f"{{{FAST}}}mechanism")})
