"""Forms of a designed threat: what a sender can do to its trade with a target, and how much of it.

| form | what it is | size |
|---|---|---|
| tariff | added to the tariff on what the target sells to the sender | points, 0 to 150 |
| import-ban | the sender stops buying | share of the flow at unchanged prices, 0 to 1 |
| export-tax | the sender taxes what it sells to the target | percent of the price, 0 to 150 |
| export-ban | the sender stops selling | share of the flow at unchanged prices, 0 to 1 |
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError, require_label
from threatpoint.policy import CutOff, ExportBan, ExportTax, Tariff

if TYPE_CHECKING:
    from threatpoint.policy import Instrument

Codes = tuple[str, ...]
Made = Callable[[Codes, Codes, Codes, float], "Instrument"]
MOST_RATE = 1.5
"""Largest rate that is tried: of 150 %, above the largest of the threats of 2025."""


@dataclass(frozen=True)
class Form:
    """A form.

    Attributes:
        name: by which it is asked for.
        words: on the page.
        most: largest size, as a share.
        of: senders, members, sectors and size -> the instrument.
        imports: whether it is about what the sender buys.
        cuts: whether its size is a share of the flow that is gone.
    """

    name: str
    words: str
    most: float
    of: Made
    imports: bool
    cuts: bool

    def sized(self, size: float) -> str:
        """Its name with its size: 'tariff of 24.5 points', 'export ban on 30 %'."""
        share = f"{100 * size:.4g}"
        if self.cuts:
            return self.words if size == 1 else f"{self.words} on {share} %"
        return f"{self.words} of {share} {'points' if self.imports else '%'}"


FORMS = {
    form.name: form
    for form in (
        Form("tariff", "tariff", MOST_RATE, lambda s, t, j, x: Tariff(s, t, j, x, "add"),
             True, False),
        Form("import-ban", "import ban", 1.0,
             lambda s, t, j, x: CutOff(s, t, j, "imports", enforcement=x), True, True),
        Form("export-tax", "export tax", MOST_RATE, ExportTax, False, False),
        Form("export-ban", "export ban", 1.0,
             lambda s, t, j, x: ExportBan(s, t, j, enforcement=x), False, True),
    )
}  # fmt: skip
"""Name of a form -> it."""


def forms_of(names: Iterable[str] = ()) -> tuple[Form, ...]:
    """The forms asked for, in the order above; all without names.

    Raises:
        PolicyError: an unknown form, with the nearest name.
    """
    wanted = [require_label("form of a threat", name, FORMS, PolicyError) for name in names]
    return tuple(form for name, form in FORMS.items() if name in wanted or not wanted)
