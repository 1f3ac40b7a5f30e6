"""Certificates for the private servers of the tests: an authority of their own, and what it vouches for."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

SERVER_NAME: Final = "tickets.house.test"
"""The name in the server's certificate; tests have it lead to this machine."""


def make_certificates(folder: Path) -> None:
    """Write ca.pem, server.pem and server.key; other-ca.pem is of an authority that vouches for nothing here."""
    folder.mkdir(exist_ok=True)
    for name in ("ca", "other-ca"):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(f"The {name} of the tests")
        authority = _signed(subject, key.public_key(), subject, key, is_authority=True)
        (folder / f"{name}.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
        if name == "ca":
            _make_server(folder, subject, key)


def make_doubtful(folder: Path, *, from_days: float = -1, to_days: float = 2, by_itself: bool = False) -> None:
    """Write another server.pem and server.key: of another time than now, or vouched for by itself."""
    folder.mkdir(exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(SERVER_NAME if by_itself else "The ca of the tests")
    if by_itself:
        made = _signed(subject, key.public_key(), subject, key, is_authority=False)
        _write_server(folder, made, key)
        return
    authority = _signed(subject, key.public_key(), subject, key, is_authority=True)
    (folder / "ca.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    _make_server(folder, subject, key, from_days=from_days, to_days=to_days)


def _make_server(
    folder: Path, issuer: x509.Name, authority: ec.EllipticCurvePrivateKey, *, from_days: float = -1, to_days: float = 2
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    made = _signed(
        _name(SERVER_NAME),
        key.public_key(),
        issuer,
        authority,
        is_authority=False,
        from_days=from_days,
        to_days=to_days,
    )
    _write_server(folder, made, key)


def _write_server(folder: Path, made: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
    (folder / "server.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "server.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _signed(
    subject: x509.Name,
    key: ec.EllipticCurvePublicKey,
    issuer: x509.Name,
    signer: ec.EllipticCurvePrivateKey,
    *,
    is_authority: bool,
    from_days: float = -1,
    to_days: float = 2,
) -> x509.Certificate:
    now = datetime.now(UTC)
    names = [x509.DNSName(SERVER_NAME), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=from_days))
        .not_valid_after(now + timedelta(days=to_days))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if not is_authority:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(signer, hashes.SHA256())
