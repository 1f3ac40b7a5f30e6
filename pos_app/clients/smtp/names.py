"""Names as mail servers are told them: domains in any script by the rules of the net, and not by Python's old ones."""

from __future__ import annotations

import ipaddress
from contextlib import suppress

import idna


def host_name(name: str) -> str:
    """Return the name of a server as it is looked up; an address as it is. Raises ValueError for what is no name."""
    bare = name.strip("[]")
    with suppress(ValueError):
        ipaddress.ip_address(bare)
        return bare
    return _domain(name)


def envelope_address(address: str) -> str:
    """Return an address as the envelope has it: its domain in ASCII, what stands before the @ as it is.

    Raises ValueError for what is no address.
    """
    local, at, domain = address.rpartition("@")
    if not at or not local or any(letter in "<>\r\n" or letter.isspace() for letter in local):
        raise ValueError("this is no e-mail address")
    return f"{local}@{_domain(domain)}"


def _domain(name: str) -> str:
    if name.isascii() and all(part and part.replace("-", "").isalnum() for part in name.split(".")):
        return name
    try:
        return idna.encode(name, uts46=True, transitional=False).decode("ascii")
    except idna.IDNAError as error:
        raise ValueError(f"no domain: {error}") from error
