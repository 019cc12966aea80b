"""Whether a broker answers, asked in the Kafka protocol itself."""

import socket
import struct

_METADATA, _VERSION, _NO_TOPICS = 3, 1, 0
_CLIENT = b"bokvar"


def registered_brokers(host: str, port: int, timeout: float = 2.0) -> int:
    """How many brokers the one at `host:port` knows to be in service; 0 if it does not answer.

    One Metadata request on a plain connection: a client library would retry, log and start
    threads for the same answer. `timeout` is in seconds.
    """
    header = struct.pack(">hhih", _METADATA, _VERSION, 0, len(_CLIENT)) + _CLIENT
    request = header + struct.pack(">i", _NO_TOPICS)
    try:
        with socket.create_connection((host, port), timeout) as connection:
            connection.settimeout(timeout)
            connection.sendall(struct.pack(">i", len(request)) + request)
            # Length and correlation id, then the count of brokers.
            _, _, count = struct.unpack(">iii", _read(connection, 12))
    except OSError:
        return 0
    return int(count)


def _read(connection: socket.socket, size: int) -> bytes:
    received = b""
    while len(received) < size:
        part = connection.recv(size - len(received))
        if not part:
            raise ConnectionError("the broker closed the connection")
        received += part
    return received
