from __future__ import annotations

import errno
import os

import pytest

from pos_app.domain.disk_faults import disk_refused, refusing_disk, why_disk
from pos_app.domain.errors import DiskRefused
from pos_app.domain.sentences import say


@pytest.mark.parametrize("fault", ["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EIO", "EMFILE", "ENAMETOOLONG", "EISDIR"])
def test_a_fault_is_told_in_words_and_with_a_next_step(fault: str) -> None:
    code = getattr(errno, fault)
    told = disk_refused(say("The note cannot be written"), OSError(code, os.strerror(code)))
    assert str(told.message).startswith("The note cannot be written: ")
    assert os.strerror(code) not in str(told)
    assert told.advice


def test_a_fault_that_nobody_foresaw_is_told_in_the_words_of_the_system() -> None:
    assert why_disk(OSError(errno.ELOOP, "Too many links")) == "Too many links"
    assert why_disk(OSError()) == "OSError"


def test_only_what_the_disk_refuses_is_translated() -> None:
    with (
        pytest.raises(DiskRefused, match="It cannot be kept: the disk of this computer is full"),
        refusing_disk(say("It cannot be kept")),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(ValueError, match="other"), refusing_disk(say("It cannot be kept")):
        raise ValueError("other")
