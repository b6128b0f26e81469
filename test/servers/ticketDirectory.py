#!/usr/bin/python3
"""A directory over TLS that takes Kerberos tickets (SASL GSSAPI, RFC 4752) and then does not do as a good one should.

usage: ticketDirectory.py MODE HOST CERT KEY; KRB5_KTNAME names the keytab. Prints "ready PORT".
  binding  demands channel binding, in the words of Active Directory
  layer    offers integrity and confidentiality, and no way to do without
  forged   spoils its proof of identity
  early    says yes without any proof
Standard output gets a line for what was received.
"""
import hashlib
import socket
import ssl
import sys

import gssapi

mode, host, cert, key = sys.argv[1:5]
service = gssapi.Name(f"ldap@{host}", gssapi.NameType.hostbased_service)
credentials = gssapi.Credentials(usage="accept", name=service)
with open(cert, encoding="ascii") as file:
    certificate = hashlib.sha256(ssl.PEM_cert_to_DER_cert(file.read())).digest()
binding = gssapi.raw.ChannelBindings(application_data=b"tls-server-end-point:" + certificate)


def tlv(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2, "big")
    return bytes([tag]) + length + body


def read(data, at=0):
    """Tag, content and end of what begins at `at`."""
    size, start = data[at + 1], at + 2
    if size & 0x80:
        count = size & 0x7F
        size, start = int.from_bytes(data[start : start + count], "big"), start + count
    return data[at], data[start : start + size], start + size


def message(stream):
    head = receive(stream, 2)
    if len(head) < 2:
        return None
    size = head[1]
    if size & 0x80:
        more = receive(stream, size & 0x7F)
        head, size = head + more, int.from_bytes(more, "big")
    return read(head + receive(stream, size))[1]


def receive(stream, count):
    data = b""
    while len(data) < count:
        part = stream.recv(count - len(data))
        if not part:
            break
        data += part
    return data


def answer(stream, number, tag, code, diagnostic=b"", token=None):
    parts = [tlv(0x0A, bytes([code])), tlv(0x04), tlv(0x04, diagnostic)]
    if token is not None:
        parts.append(tlv(0x87, token))
    stream.sendall(tlv(0x30, tlv(0x02, number), tlv(tag, *parts)))


def said(*words):
    print(*words, flush=True)


def serve(stream):
    context = gssapi.SecurityContext(creds=credentials, usage="accept", channel_bindings=binding)
    layers = None
    while True:
        body = message(stream)
        if body is None:
            return
        _, number, at = read(body)
        tag, content, _ = read(body, at)
        if tag != 0x60:
            # Nothing is found; what counts is that somebody asked.
            said("asked", hex(tag))
            if tag == 0x63:
                answer(stream, number, 0x65, 0)
            continue
        _, _, at = read(content)
        _, _, at = read(content, at)
        sasl = read(content, at)[1]
        mechanism, at = read(sasl)[1:]
        token = read(sasl, at)[1]
        said("bind", mechanism.decode(), len(token))
        if not context.complete:
            reply = context.step(token)
            # MIT Kerberos sets it for an acceptor whose peer has sent the same binding.
            bound = gssapi.RequirementFlag.channel_bound in context.actual_flags
            if mode == "binding" and not bound:
                text = b"80090346: LdapErr: DSID-0C090000, comment: AcceptSecurityContext error, data 80090346, v4563\0"
                answer(stream, number, 0x61, 49, text)
            elif mode == "early":
                answer(stream, number, 0x61, 0)
            else:
                if mode == "forged":
                    reply = reply[:-1] + bytes([reply[-1] ^ 1])
                answer(stream, number, 0x61, 14, token=reply)
        elif layers is None:
            layers = 6 if mode == "layer" else 7
            answer(stream, number, 0x61, 14, token=context.wrap(bytes([layers, 0, 0x40, 0]), False).message)
        else:
            chosen = context.unwrap(token).message
            said("chosen", chosen[0], context.initiator_name)
            answer(stream, number, 0x61, 0 if chosen[0] & layers else 49)


tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(cert, key)
listener = socket.create_server(("127.0.0.1", 0))
said("ready", listener.getsockname()[1])
while True:
    plain, _ = listener.accept()
    try:
        with tls.wrap_socket(plain, server_side=True) as stream:
            serve(stream)
    except (OSError, gssapi.exceptions.GSSError) as error:
        said("ended", type(error).__name__)
