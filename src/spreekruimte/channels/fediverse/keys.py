"""The keys of our actors."""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from spreekruimte.channels.fediverse.models import OwnActor
from spreekruimte.organisations.accounts.encryption import decrypt_secret, encrypt_secret

PURPOSE = "fediverse"
BITS = 2048
"""What every server takes."""
MOST_BITS = 8192


def make_keys() -> tuple[str, str]:
    """Give a new private key, encrypted, and its public one."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return encrypt_secret(private.decode(), purpose=PURPOSE), public.decode()


def private_key_of(actor: OwnActor) -> rsa.RSAPrivateKey:
    """Give the key with which an actor of ours signs."""
    return _load_private(actor.private_key)


@lru_cache(maxsize=64)
def _load_private(encrypted: str) -> rsa.RSAPrivateKey:
    # Reading one takes longer than signing with it.
    key = serialization.load_pem_private_key(
        decrypt_secret(encrypted, purpose=PURPOSE).encode(), password=None
    )
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("The key of an actor is an RSA key.")
    return key


def read_public_key(pem: str) -> rsa.RSAPublicKey:
    """Read the public key of somebody else.

    Raises
    ------
    ValueError
        If it is no RSA key of a usual size.
    """
    try:
        key = serialization.load_pem_public_key(pem.encode("ascii"))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("This is no public key that is known here.") from error
    if not isinstance(key, rsa.RSAPublicKey) or not BITS <= key.key_size <= MOST_BITS:
        raise ValueError("This is no RSA key of a usual size.")
    return key
