"""Put this folder on PYTHONPATH, and the Python process refuses every connection but to its own machine.

Each attempt is also written to the file that NETWORK_ATTEMPTS names, since a library may swallow
the refusal. Python runs a module of this name at its start, before anything else.
"""

import ipaddress
import os
import sys
from pathlib import Path

_WATCHED = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0}
"""The audit event, and where its arguments hold the address (sockets) or the host (look-ups)."""


def _is_own(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse_other_hosts(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _WATCHED:
        return
    address = arguments[_WATCHED[event]]
    if address is None or (isinstance(address, str | bytes) and event != "socket.getaddrinfo"):
        return  # A connected socket, or a path in the file system: neither names another host.
    host = address[0] if isinstance(address, tuple) else address
    if not _is_own(host):
        with Path(os.environ["NETWORK_ATTEMPTS"]).open("a", encoding="utf-8") as stream:
            stream.write(f"{event} {address}\n")
        raise OSError(f"refused by the test: {event} {address}")


sys.addaudithook(_refuse_other_hosts)
