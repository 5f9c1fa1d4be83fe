"""What a reader corrected by hand about how notes were read. Knows documents; no file, no index.

Corrections outlive the text they were made on: a lecture is known by how it was read, a passage by
its words, so that a note that has grown keeps what was corrected in the rest of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ingest.document import Document, Place, Role, Section, content_hash

Lecture = tuple[int | None, int | None, str]
"""Week, lecture and title."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of one course.

    Args:
        places: for each document, lectures as they were read and as they should be, in the order
            in which they were corrected.
        roles: for each document, roles by the hash of a section's text.
    """

    places: dict[str, list[tuple[Lecture, Lecture]]] = field(default_factory=dict)
    roles: dict[str, dict[str, Role]] = field(default_factory=dict)

    def moved(self, document: str, was: Lecture, now: Lecture) -> Corrections:
        """With one more lecture corrected."""
        steps = [*self.places.get(document, []), (was, now)]
        return replace(self, places={**self.places, document: steps})

    def spoken(self, document: str, text: str, role: Role) -> Corrections:
        """With one more passage's speaker corrected."""
        roles = {**self.roles.get(document, {}), _mark(text): role}
        return replace(self, roles={**self.roles, document: roles})

    def applied(self, document: Document) -> Document:
        """The document as corrected."""
        steps = self.places.get(document.name, [])
        roles = self.roles.get(document.name, {})
        if not steps and not roles:
            return document
        sections = (
            replace(
                section,
                place=_placed(section.place, steps),
                role=roles.get(_mark(document.text[section.start : section.end]), section.role),
            )
            for section in document.sections
        )
        return replace(document, sections=tuple(sections))

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` is its inverse."""
        return {
            "places": self.places,
            "roles": {
                name: {mark: role.value for mark, role in roles.items()}
                for name, roles in self.roles.items()
            },
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Corrections:
        """Raises KeyError, TypeError or ValueError when `data` is not what `to_dict` wrote."""
        return cls(
            {
                name: [(_lecture(*was), _lecture(*now)) for was, now in steps]
                for name, steps in data["places"].items()
            },
            {
                name: {mark: Role(role) for mark, role in roles.items()}
                for name, roles in data["roles"].items()
            },
        )


def lecture_of(section: Section) -> Lecture:
    """What a section's lecture is known by."""
    return section.place.week, section.place.lecture, section.place.title


def _placed(place: Place, steps: list[tuple[Lecture, Lecture]]) -> Place:
    for was, now in steps:
        if (place.week, place.lecture, place.title) == was:
            week, lecture, title = now
            place = replace(place, week=week, lecture=lecture, title=title)
    return place


def _mark(text: str) -> str:
    return content_hash([" ".join(text.split())])


def _lecture(week: int | None, lecture: int | None, title: str) -> Lecture:
    return week, lecture, str(title)
