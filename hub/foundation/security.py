"""Sealing of personal data, keyed look-up tokens, one-time codes and passwords.

AES-256-GCM with keys derived (HKDF-SHA256) from `QABUL_SECRET_KEY`; a stolen database file shows no name,
phone, address or chat. Passwords: argon2id (OWASP ASVS 5.0, 11.4.2).
"""

import asyncio
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

#: Crockford's base 32: no I, L, O, U, so a number survives being read out over the telephone.
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_passwords = PasswordHash((Argon2Hasher(),))
# Argon2 takes 64 MiB and a quarter of a second: a burst of sign-ins must not take the machine down.
_hashing = asyncio.Semaphore(2)


class Vault:
    """Seals what identifies a person and makes exact-match tokens of it."""

    def __init__(self, secret_key: str) -> None:
        self._aead = AESGCM(_derive(secret_key, b"seal"))
        self._token_key = _derive(secret_key, b"token")

    def seal(self, text: str) -> bytes:
        nonce = secrets.token_bytes(12)
        return nonce + self._aead.encrypt(nonce, text.encode("utf-8", "surrogatepass"), None)

    def open(self, sealed: bytes) -> str:
        """Raises `cryptography.exceptions.InvalidTag` when the key is not the one it was sealed with."""
        return self._aead.decrypt(sealed[:12], sealed[12:], None).decode("utf-8", "surrogatepass")

    def seal_or_none(self, text: str | None) -> bytes | None:
        return self.seal(text) if text else None

    def open_or_none(self, sealed: bytes | None) -> str | None:
        return self.open(sealed) if sealed else None

    def token(self, purpose: str, text: str) -> str:
        """The same text under the same purpose always gives the same 64 hex digits."""
        return hmac.new(self._token_key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def _derive(secret_key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"qabul/" + purpose).derive(
        secret_key.encode()
    )


def random_code(length: int) -> str:
    """Unguessable Crockford characters, 5 bits each."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))


def random_token() -> str:
    """256 bits, safe in a URL, a cookie and a header."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a random token; the token itself never is."""
    return hashlib.sha256(token.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(left.encode("utf-8", "replace"), right.encode("utf-8", "replace"))


async def hash_password(password: str) -> str:
    async with _hashing:
        return await asyncio.to_thread(_passwords.hash, password)


async def check_password(password: str, hashed: str) -> bool:
    async with _hashing:
        return await asyncio.to_thread(_passwords.verify, password, hashed)
