"""A page and a chart as lines of text, in the order of reading; no drawing and no style."""

from __future__ import annotations

import re
from html.parser import HTMLParser

STARTS = {"h1": "# ", "h2": "## ", "h3": "### ", "li": "- ", "caption": "Table: "} | {
    "title": "title: ",
    "desc": "description: ",
    "summary": "folded: ",
}
"""What a line begins with."""
BLOCKS = {*STARTS, "p", "dt", "dd", "tr", "pre", "div", "section", "footer", "header", "figure"}
HIDDEN = {"style", "script", "text"}
"""Style sheets, what a script reads, and labels placed in drawings: those stand with the charts."""


def page_lines(page: str) -> str:
    """The page as text: one line a paragraph, heading, row of a table, or description."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return "\n".join(reader.lines) + "\n"


def chart_lines(svg: str) -> str:
    """Title, description and labels of a drawing, one a line."""
    labels = re.findall(r"<text\b.*?</text>", svg, flags=re.S)
    return page_lines(re.sub(r"<text\b.*?</text>", "", svg, flags=re.S)) + "".join(
        f"  {_text(label)}\n" for label in labels
    )


def _text(label: str) -> str:
    reader = _Reader()
    reader.feed(label.replace("<text", "<p").replace("</text", "</p"))
    reader.close()
    return " ".join(reader.lines)


class _Reader(HTMLParser):
    """Collects lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._line, self._start = "", ""
        self._hidden = 0
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._hidden += tag in HIDDEN
        if tag in BLOCKS:
            self._end()
            self._start = STARTS.get(tag, "")
        if tag in ("td", "th") and self._line:
            self._line += " | "
        if tag == "section":
            self.lines.append(f"section {given.get('id', '')}")
        if tag == "meta" and "name" in given:
            self.lines.append(f"{given['name']}: {given['content']}")
        if "aria-label" in given:
            self.lines.append(f"label: {given['aria-label']}")
        if tag == "a":
            self._href = given.get("href", "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in HIDDEN
        if tag == "a" and not self._href.startswith("data:"):
            self._line += f" [{self._href}]"
        if tag in BLOCKS:
            self._end()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._line += data

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        line = re.sub(r"[ \t\n]+", " ", self._line).strip(" ")
        if line:
            self.lines.append(self._start + line)
        self._line, self._start = "", ""
