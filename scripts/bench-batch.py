"""The job of `ews-setup test --all` with exchangelib: log in at each mailbox over EWS and read its inbox once.

Reads {mailboxes: [{email, user, ewsUrl}], password, ca, connectTo, threads} from standard input.
"""

import json
import os
import socket
import sys
from concurrent.futures import ThreadPoolExecutor

order = json.load(sys.stdin)
os.environ["REQUESTS_CA_BUNDLE"] = order["ca"]

ways = {}
for line in order["connectTo"]:
    host, port, address, to = line.rsplit(":", 3)
    ways[(host.lower(), int(port))] = (address, int(to))


def getaddrinfo(host, port, *rest, **named):
    name = (host.decode() if isinstance(host, bytes) else str(host)).lower()
    if (name, int(port)) not in ways:
        raise socket.gaierror(socket.EAI_NONAME, f"{name} does not exist in the demo")
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ways[(name, int(port))])]


socket.getaddrinfo = getaddrinfo

from exchangelib import DELEGATE, NTLM, Account, Build, Configuration, Credentials, Version  # noqa: E402


def check(mailbox):
    config = Configuration(
        service_endpoint=mailbox["ewsUrl"],
        credentials=Credentials(mailbox["user"], order["password"]),
        auth_type=NTLM,
        # Named, so that nothing has to be guessed.
        version=Version(build=Build(15, 2, 2562, 43)),
        max_connections=1,
    )
    account = Account(mailbox["email"], config=config, autodiscover=False, access_type=DELEGATE)
    count = account.inbox.total_count
    account.protocol.close()
    return count


if order["threads"] == 1:
    counts = [check(mailbox) for mailbox in order["mailboxes"]]
else:
    with ThreadPoolExecutor(order["threads"]) as pool:
        counts = list(pool.map(check, order["mailboxes"]))
assert all(count is not None for count in counts)
print(len(counts))
