"""Ids derived from what they name, so that every machine and every order of arrival gives the same ones."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from uuid import UUID


def of_digest(digest: bytes) -> UUID:
    """Return the id of something that a SHA-256 identifies: its first 16 bytes."""
    return UUID(bytes=digest[:16])


@lru_cache(maxsize=1 << 14)  # a sense is named by every mention of it
def of_text(text: str) -> UUID:
    """Return the id of something that a text identifies."""
    return of_digest(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())


def of_place(uri: str, member: str) -> UUID:
    """Return the id of a place in an inbox; `ops.outcome` derives the same one in SQL."""
    return UUID(bytes=hashlib.md5(f"{uri}\n{member}".encode("utf-8", "surrogatepass"), usedforsecurity=False).digest())


def text_sha256(headline: str | None, body: str) -> bytes:
    """Return the digest by which what was derived from an article's words knows whether they are still the same."""
    return hashlib.sha256(f"{headline or ''}\n{body}".encode()).digest()
