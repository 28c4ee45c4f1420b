"""The copy of a page that is served: with a script that loads it again, which no file has."""

import secrets
from pathlib import Path
from urllib.parse import urlencode

SCRIPT = Path(__file__).with_name("reload.js")
NEWS = "/news"
POLICY = b"default-src 'none';"
"""How the policy in every page's head begins; nothing that people wrote stands before it."""


def live(html: bytes, page_id: str, version: str, host: str) -> bytes:
    """Return a page with a script that waits at ``NEWS`` of ``host`` for another version of it.

    The policy of the copy allows this script, by a word that nobody else knows, and its waiting.
    """
    nonce = secrets.token_urlsafe()
    allowed = f"{POLICY.decode()} script-src 'nonce-{nonce}'; connect-src ws://{host};"
    news = f"ws://{host}{NEWS}?{urlencode({'page': page_id, 'seen': version})}"
    script = SCRIPT.read_text(encoding="utf-8").replace('"NEWS"', f'"{news}"')
    head, policy, rest = html.partition(POLICY)
    if not policy:
        return html
    body, end, foot = rest.rpartition(b"</body>")
    added = f'<script nonce="{nonce}">\n{script}</script>\n'.encode()
    return b"".join([head, allowed.encode(), body, added, end, foot])
