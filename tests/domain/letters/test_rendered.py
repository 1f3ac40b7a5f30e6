"""What is kept of an attachment."""

from __future__ import annotations

from pos_app.domain.letters.rendered import Attachment


def test_a_file_is_known_by_its_hash() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert Attachment("a.pdf", "application/pdf", b"").sha256 == empty
