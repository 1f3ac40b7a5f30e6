"""The list of all that Foyer says is as the code says it, and reaches whoever is to read it."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Final, TypeGuard

import pytest
from babel.messages.pofile import read_po

from pos_app.catalogues import PSEUDO, catalogue
from pos_app.domain.sentences import say, say_count
from pos_app.tour.findings import outside_brackets
from pos_app.ui.words.language import speak
from pos_app.ui.words.sentences import spoken, spoken_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pos_app.domain.errors import PosError
    from pos_app.domain.sentences import Fact

_ROOT = Path(__file__).resolve().parents[1]
_CODE = _ROOT / "pos_app"
_TEXTS_OF: Final = {
    "tr": (0,),
    "_tr": (0,),
    "translate": (1,),
    "say": (0,),
    "say_count": (0, 1),
    "spoken_count": (0, 1),
}
"""Who says something, and which of the arguments are texts of the catalogue."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_CLASS = re.compile(r"^[ \t]*class (\w+)\(([^)]*)\)", re.MULTILINE)
_ABOVE: Final = ("ui", "tour", "app.py")
"""Where windows are: they translate what is said below them."""
_MAKERS: Final = ("domain/sentences.py", "catalogues.py", "ui/words/sentences.py", "tour/hands.py")
"""Where saying is defined; and the hands, who look up what is written on a button."""


@dataclass(frozen=True, slots=True)
class Said:
    """A call by which something is said. texts: None for one that is no literal. facts: None where any may be given."""

    where: str
    name: str
    texts: tuple[str | None, ...]
    facts: frozenset[str] | None


def _said_in(path: Path) -> Iterator[Said]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {one.name for node in ast.walk(tree) if _is_of_sentences(node) for one in node.names}
    for name, node in _calls_in(tree):
        # A label has a say() of its own.
        if name in _TEXTS_OF and (name != "say" or name in imported):
            given = [node.args[at] for at in _TEXTS_OF[name] if at < len(node.args)]
            texts = tuple(
                one.value if isinstance(one, ast.Constant) and isinstance(one.value, str) else None for one in given
            )
            named = [one.arg for one in node.keywords]
            facts = None if None in named else frozenset(filter(None, named)) | _counted(name)
            yield Said(f"{path.relative_to(_CODE)}:{node.lineno}", name, texts, facts)


def _is_of_sentences(node: ast.AST) -> TypeGuard[ast.ImportFrom]:
    return isinstance(node, ast.ImportFrom) and node.module == "pos_app.domain.sentences"


def _calls_in(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls with the names of what is called; what a helper like _tr() hands on is not said there."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and node.name in _TEXTS_OF:
            continue
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            if name != "translate" or _is_text(node.args[0]):  # or else a painter's
                yield name, node
        yield from _calls_in(node)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _counted(name: str) -> frozenset[str]:
    return frozenset({"count"} if name.endswith("_count") else ())


def _sources(*, below: bool) -> tuple[Path, ...]:
    found = ((path, path.relative_to(_CODE)) for path in sorted(_CODE.rglob("*.py")))
    return tuple(
        path for path, name in found if name.as_posix() not in _MAKERS and not (below and name.parts[0] in _ABOVE)
    )


def _templates() -> tuple[Said, ...]:
    """Return all that is said below the windows."""
    return tuple(said for path in _sources(below=True) for said in _said_in(path) if said.name in {"say", "say_count"})


def _error_classes() -> tuple[type[PosError], ...]:
    """Return every class of error that is told to a person, wherever it stands below the windows."""
    bases: dict[str, tuple[Path, list[str]]] = {}
    for path in _sources(below=True):
        # Each worker of a run asks, before its first test: to take all modules apart takes seconds.
        for name, above in _CLASS.findall(path.read_text(encoding="utf-8")):
            bases[name] = (path, re.findall(r"\w+", above))
    known = {"PosError"}
    while more := {name for name, (_, above) in bases.items() if known & set(above)} - known:
        known |= more
    found = ((bases[name][0].relative_to(_ROOT).with_suffix("").parts, name) for name in sorted(known))
    return tuple(getattr(importlib.import_module(".".join(parts)), name) for parts, name in found)


@pytest.fixture
def in_brackets() -> Iterator[None]:
    """Speak the pseudo-language."""
    speak(PSEUDO)
    yield
    speak("")


def _bare_words(text: str) -> list[str]:
    return _WORD.findall(outside_brackets(text))


def test_the_catalogue_is_what_the_code_says() -> None:
    told = subprocess.run(
        [sys.executable, str(_ROOT / ".ci" / "translations"), "--check"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def test_the_pseudo_language_shows_what_is_in_the_catalogue_and_nothing_else() -> None:
    texts = catalogue(PSEUDO)
    assert texts.say("Choose another one.") == "[Choose another one. lorem ip]"
    assert texts.say("Choose something that nobody says.") == "Choose something that nobody says."
    one, many = "{count} line cannot be taken over.", "{count} lines cannot be taken over."
    assert texts.say_count(one, many, 1).startswith("[{count} line cannot be taken over. lorem")
    assert texts.say_count(one, many, 2).startswith("[{count} lines cannot be taken over. lorem")


def test_a_language_without_a_catalogue_is_english() -> None:
    assert catalogue("de_AT").say("Choose another one.") == "Choose another one."


def test_every_text_is_a_literal_that_translators_are_given() -> None:
    with (_ROOT / "resources" / "translations" / "messages.pot").open("rb") as file:
        ids = [entry.id for entry in read_po(file)]
    known = {text for one in ids for text in ([one] if isinstance(one, str) else one)} | {""}
    assert [
        (said.where, text)
        for path in _sources(below=False)
        for said in _said_in(path)
        for text in said.texts
        if text is None or text not in known
    ] == []


@pytest.mark.usefixtures("in_brackets")
def test_every_template_below_the_windows_is_said_in_another_language() -> None:
    templates = _templates()
    assert len(templates) > 400
    wrong = {said.where: problem for said in templates if (problem := _problem(said))}
    assert wrong == {}


def _problem(said: Said) -> str:
    """Say a template with sample facts; returns what is wrong about it."""
    if None in said.texts:
        return "it is no literal, and no translator is given it"
    texts = [text for text in said.texts if text is not None]
    fields = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}
    if said.facts is not None and not fields <= said.facts:
        return f"it has no {', '.join(sorted(fields - said.facts))}"
    facts: dict[str, Fact] = {
        name: "7" for name in fields | (said.facts or set()) if name != "count" or said.name == "say"
    }
    shown = (
        [_spoken(texts, count, facts) for count in (1, 3)]
        if said.name == "say_count"
        else [spoken(say(*texts, **facts))]
    )
    if len(texts) == 2 and shown[0] == shown[1]:
        return "one and many are the same"
    return " ".join(word for text in shown for word in _bare_words(text))


def _spoken(texts: list[str], count: int, facts: Mapping[str, Fact]) -> str:
    one, many = texts
    return spoken(say_count(one, many, count=count, **facts))


@pytest.mark.usefixtures("in_brackets")
@pytest.mark.parametrize("kind", _error_classes(), ids=lambda kind: kind.__name__)
def test_every_error_is_told_in_another_language(kind: type[PosError]) -> None:
    sentence = say("Choose another one.")
    samples = {"message": sentence, "advice": sentence, "refused": {"seats": sentence}}
    given = {
        name: samples.get(name, ())
        for name, one in inspect.signature(kind).parameters.items()
        if name in samples or one.default is inspect.Parameter.empty
    }
    error = kind(**given)  # type: ignore[arg-type]  # as the signature wants it
    assert spoken_error(error).count("[Choose another one. lorem ip]") == 2
    assert _bare_words(spoken_error(error)) == []


def test_what_an_error_says_is_a_sentence() -> None:
    kinds = {kind.__name__ for kind in _error_classes()}
    assert [
        f"{path.relative_to(_CODE)}:{node.lineno}"
        for path in _sources(below=True)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in kinds
        for text in (*node.args[:1], *(one.value for one in node.keywords if one.arg in {"message", "advice"}))
        if isinstance(text, (ast.JoinedStr, ast.BinOp)) or (isinstance(text, ast.Constant) and text.value)
    ] == []
