"""Servers of the fediverse that tell nothing but accounts and their keys, on this machine alone.

Run as ``python -m benchmarks.key_server SERVERS KEYS``: so many servers listen, each at a port of
its own, which are printed. Account number ``n`` of each has the key with that number, counted
round, of the file KEYS: a JSON list of public keys as PEM. They serve until the process is ended.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

MEDIA_TYPE = "application/activity+json"


def describe(origin: str, number: int, pem: str) -> dict[str, object]:
    """Give the document of an account."""
    address = f"{origin}/users/{number}"
    return {
        "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
        "id": address,
        "type": "Person",
        "preferredUsername": str(number),
        "inbox": f"{address}/inbox",
        "endpoints": {"sharedInbox": f"{origin}/inbox"},
        "publicKey": {"id": f"{address}#main-key", "owner": address, "publicKeyPem": pem},
    }


async def serve(servers: int, keys: list[str]) -> None:
    """Serve until cancelled."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        number = int(head.split(b" ", 2)[1].rpartition(b"/")[2])
        port = writer.get_extra_info("sockname")[1]
        document = describe(f"http://127.0.0.1:{port}", number, keys[number % len(keys)])
        body = json.dumps(document).encode()
        lines = [
            "HTTP/1.1 200 OK",
            "Connection: close",
            f"Content-Type: {MEDIA_TYPE}",
            f"Content-Length: {len(body)}",
        ]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()
        writer.close()

    running = [await asyncio.start_server(answer, "127.0.0.1", 0) for _ in range(servers)]
    print(json.dumps([each.sockets[0].getsockname()[1] for each in running]), flush=True)
    await asyncio.gather(*(each.serve_forever() for each in running))


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())))
