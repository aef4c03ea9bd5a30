"""Reads a page by html.parser alone: its text, its elements, and what is wrong."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr"}
HIDDEN = {"script", "style"}


@dataclass
class Element:
    """An element with its attributes and the text in it."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    above: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """A page that was read: its elements in order, and what isn't well formed."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.problems: list[str] = []
        self._open: list[Element] = []
        self.feed(page)
        self.close()
        self.problems += [f"<{one.tag}> isn't closed" for one in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        double = [
            name for name, n in Counter(name for name, _ in attrs).items() if n > 1
        ]
        self.problems += [f"{name} twice in <{tag}>" for name in double]
        one = Element(tag, dict(attrs), above=[e.tag for e in self._open])
        self.elements.append(one)
        if tag not in VOID:
            self._open.append(one)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element of SVG, and close it."""
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, which must be the last that was opened."""
        if not self._open or self._open[-1].tag != tag:
            self.problems.append(f"</{tag}> closes nothing at {self.getpos()}")
            return
        done = self._open.pop()
        if self._open and tag not in HIDDEN:
            self._open[-1].text += f"{done.text} "

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        if self._open:
            self._open[-1].text += data

    def all(self, tag: str) -> list[Element]:
        """Return the elements of a tag."""
        return [one for one in self.elements if one.tag == tag]

    @property
    def text(self) -> str:
        """All that is read, and what is searched beside it."""
        ids = [one.attributes.get("data-id") or "" for one in self.elements]
        (body,) = self.all("body")
        return " ".join([*body.text.split(), *ids])
