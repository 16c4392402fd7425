"""Ed25519 signatures: who made a file, and that it is as it was made. The library is imported when it is first needed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from perfdesk.errors import UserError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def sign(private_pem: bytes, message: bytes) -> tuple[bytes, bytes]:
    """(the public key's 32 bytes, the signature's 64). UserError ``key-refused`` where it is no private Ed25519 key without a password."""
    key = _private(private_pem)
    return key.public_key().public_bytes_raw(), key.sign(message)


def new_key() -> tuple[bytes, bytes]:
    """(a private key as PEM without a password, its public key's 32 bytes)"""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private, key.public_key().public_bytes_raw()


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """Ten groups of four signs, for two people to compare: the beginning of the key's SHA-256."""
    digits = hashlib.sha256(public).hexdigest()[:40].upper()
    return " ".join(digits[n : n + 4] for n in range(0, 40, 4))


def public_pem(public: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def public_of(pem: bytes) -> bytes | None:
    """The 32 bytes of a public key's file; None where it is none."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key.public_bytes_raw() if isinstance(key, Ed25519PublicKey) else None


def _private(pem: bytes) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    told = UserError(
        "key-refused", "这不是可用的私钥文件：要 Ed25519 的 PEM 私钥，不带密码。请检查 --key 指的文件。"
    )
    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UserError(told.code, told.message, str(error)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise told
    return key
