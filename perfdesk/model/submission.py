"""What a submission package (报送包) says of itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormUsed:
    """An edition that a filing of the package was made with; ``digest``: SHA-256 of its form file on the unit's machine."""

    id: str
    title: str
    scheme: str
    digest: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that was open when the package was made. ``filing``: its place among the package's, from 0; ``key``: see
    ``perfdesk.explained``; ``explanation``: what the unit says about it, empty where it says nothing."""

    filing: int
    key: str
    severity: str
    where: str
    title: str
    message: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A remark of the bureau that the unit has seen to (``done``) or says something about (``answer``). ``returned``: check code of the
    return that it came with, ``number``: its place there, from 1; ``filing``: its place among the package's, None: about no one of them;
    ``place`` as in findings, ``where`` for people."""

    returned: str
    number: int
    filing: int | None
    place: str
    where: str
    text: str
    done: bool
    answer: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The bureau ``signer``, as it calls itself, accepted the package on that day; ``key``: its public key in base64, ``fingerprint``
    of the same; ``known_as``: under which name it is trusted here, empty where nobody has confirmed it."""

    signer: str
    day: str
    fingerprint: str
    key: str = ""
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """``made``: the day; ``program``: the version that made it; ``draft``: made with errors open; ``papers``: names of the exported files;
    ``check_code``: see ``formats.manifest_zip``."""

    unit_name: str
    unit_code: str
    year: int
    made: str
    program: str
    draft: bool
    forms: tuple[FormUsed, ...]
    papers: tuple[str, ...] = ()
    findings: tuple[Told, ...] = ()
    check_code: str = ""
    receipt: Receipt | None = None
    answers: tuple[Answered, ...] = ()

    def explained(self, filing: int) -> dict[str, str]:
        """Finding's key → explanation, of one of its filings."""
        return {t.key: t.explanation for t in self.findings if t.filing == filing and t.explanation}
