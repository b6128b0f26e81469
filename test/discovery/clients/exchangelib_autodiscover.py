"""exchangelib as it comes: its own Autodiscover. Prints {ms, url, error}."""

import json
import sys
import time

from exchangelib import Account, Credentials, DELEGATE

order = json.loads(sys.argv[1])
started = time.perf_counter()
url = error = None
try:
    account = Account(
        primary_smtp_address=order["email"],
        credentials=Credentials(order["userName"], order["password"]),
        autodiscover=True,
        access_type=DELEGATE,
    )
    url = account.protocol.service_endpoint
except Exception as failure:  # whatever it is, it is this client's answer
    error = f"{type(failure).__name__}: {failure}"[:200]
print(json.dumps({"ms": (time.perf_counter() - started) * 1000, "url": url, "error": error}))
