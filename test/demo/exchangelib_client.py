"""Autodiscover and the inbox of the demo, read by exchangelib, which knows nothing of this project.

Reads {email, user, password | oauth: {tenantId, clientId, clientSecret}, ca, dns: "addr:port", connectTo: ["host:port:addr:port"], contacts?: bool}
from standard input and writes what it found as JSON.
Every name is looked up at the demo's DNS server, every connection goes to the loopback, and TLS is verified with the demo's authority.
"""

import json
import os
import socket
import sys

order = json.load(sys.stdin)
# Before requests reads the environment.
os.environ["REQUESTS_CA_BUNDLE"] = order["ca"]
for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
    os.environ.pop(name, None)

import dns.resolver  # noqa: E402

ways = {}
for line in order["connectTo"]:
    host, port, address, to = line.rsplit(":", 3)
    ways[(host.lower(), int(port))] = (address, int(to))

dns_address, dns_port = order["dns"].rsplit(":", 1)
plain_resolver = dns.resolver.Resolver


class DemoResolver(plain_resolver):
    def __init__(self, *args, **kwargs):
        super().__init__(configure=False)
        self.nameservers = [dns_address]
        self.port = int(dns_port)


dns.resolver.Resolver = DemoResolver

plain_getaddrinfo = socket.getaddrinfo


def getaddrinfo(host, port, *rest, **named):
    name = (host.decode() if isinstance(host, bytes) else str(host)).lower()
    if (name, int(port)) in ways:
        address, to = ways[(name, int(port))]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, to))]
    if name == dns_address:
        return plain_getaddrinfo(host, port, *rest, **named)
    raise socket.gaierror(socket.EAI_NONAME, f"{name} does not exist in the demo")


socket.getaddrinfo = getaddrinfo

import exchangelib  # noqa: E402
from exchangelib import (  # noqa: E402
    DELEGATE,
    IMPERSONATION,
    OAUTH2,
    Account,
    Configuration,
    Credentials,
    Identity,
    OAuth2Credentials,
)
from exchangelib.autodiscover.protocol import AutodiscoverProtocol  # noqa: E402

soap_url = None
if order.get("oauth"):
    credentials = OAuth2Credentials(
        client_id=order["oauth"]["clientId"],
        client_secret=order["oauth"]["clientSecret"],
        tenant_id=order["oauth"]["tenantId"],
        identity=Identity(primary_smtp_address=order["email"]),
    )
    account = Account(
        primary_smtp_address=order["email"],
        config=Configuration(server="outlook.office365.com", credentials=credentials, auth_type=OAUTH2),
        autodiscover=False,
        access_type=IMPERSONATION,
    )
else:
    credentials = Credentials(order["user"], order["password"])
    account = Account(
        primary_smtp_address=order["email"], credentials=credentials, autodiscover=True, access_type=DELEGATE
    )
    # Its SOAP walk gives up at a web site without Autodiscover, so that endpoint is named.
    endpoint = f"https://autodiscover.{order['email'].split('@')[1]}/autodiscover/autodiscover.svc"
    soap = AutodiscoverProtocol(config=Configuration(service_endpoint=endpoint, credentials=credentials))
    soap_url = soap.get_user_settings(user=order["email"]).ews_url
mails = [
    {"subject": mail.subject, "from": mail.sender.email_address, "body": mail.text_body or str(mail.body or "")}
    for mail in account.inbox.all().order_by("-datetime_received")
]
contacts = []
for item in account.contacts.all() if order.get("contacts") else []:
    contacts.append(
        {
            "fileAs": item.file_as,
            "displayName": item.display_name,
            "givenName": item.given_name,
            "surname": item.surname,
            "companyName": item.company_name,
            "department": item.department,
            "jobTitle": item.job_title,
            "emails": [one.email for one in item.email_addresses or []],
            "phones": {one.label: one.phone_number for one in item.phone_numbers or [] if one.phone_number},
            "places": {
                one.label: [one.street, one.zipcode, one.city, one.country] for one in item.physical_addresses or []
            },
            "mailingAddress": item.postal_address_index,
            "homepage": item.business_homepage,
        }
    )
json.dump(
    {
        "contacts": contacts,
        "version": exchangelib.__version__,
        "soap": soap_url,
        "endpoint": account.protocol.service_endpoint,
        "auth": account.protocol.auth_type,
        "build": str(account.version.build),
        "unread": account.inbox.unread_count,
        "total": account.inbox.total_count,
        "folders": sorted(folder.name for folder in account.msg_folder_root.children),
        "mails": mails,
    },
    sys.stdout,
)
