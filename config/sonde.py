"""Health probe of the web container: succeed when /sante/ answers 200.

A plain HTTP call from inside the container, hence the headers of the proxy that is not there.
"""

import os
import sys
import urllib.error
import urllib.request


def principal() -> int:
    hote = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    requete = urllib.request.Request(
        "http://127.0.0.1:8000/sante/", headers={"Host": hote, "X-Forwarded-Proto": "https"}
    )
    try:
        with urllib.request.urlopen(requete, timeout=8) as reponse:
            return 0 if reponse.status == 200 else 1
    except (urllib.error.URLError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(principal())
