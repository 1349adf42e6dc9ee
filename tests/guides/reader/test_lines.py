"""Texts of several lines: a filmed 1+6 cycle, a label, a note."""

import pytest

from guides.reader import Kind, Line, read

from .golden import LINES
from .words import VOCABULARY


@pytest.mark.parametrize(("text", "kind", "serial"), LINES)
def test_kind_and_serial(text: str, kind: Kind, serial: str) -> None:
    verdict = read(text, VOCABULARY)
    assert (verdict.kind, verdict.serial) == (kind, serial)


def test_each_line_is_named() -> None:
    assert read("6000\n\n fdmcaic v001234 \nDSP").lines == (
        Line("6000", Kind.KEYCODE, ""),
        Line("FDMCAIC V001234", Kind.SERIAL_IN_TEXT, "V001234"),
        Line("DSP", Kind.SOFTWARE_DATA, ""),
    )


def test_one_line_needs_no_list() -> None:
    assert read("\nV123456\n").lines == ()


def test_several_serials_are_listed_once_each_in_order() -> None:
    verdict = read("V123456\nM051234 and FDB30N5 V999999\nV123456")
    assert verdict.serials == ("V123456", "M051234", "V999999")
    assert verdict.serial == ""
    assert not verdict.is_proposal


def test_the_message_of_the_best_line_keeps_its_slug() -> None:
    assert read("hello\nLOCKED13", VOCABULARY).slug == "locked13"
