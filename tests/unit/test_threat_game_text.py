"""What docs/threat-game.md says is so: its examples run, priors and signs are those found."""

import re
from pathlib import Path

import pytest
from validation.after_2025_03_31 import score

from threatpoint.strategy.type_priors import type_priors

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "threat-game.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
SCORES = (Path(score.__file__).with_name("differences.md")).read_text(encoding="utf-8")


def test_the_examples_run_one_after_another(capsys):
    names: dict[str, object] = {}
    for code in EXAMPLES:
        exec(code, names)  # our own text
    assert len(EXAMPLES) == 3
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 + 4 + 2


@pytest.mark.parametrize("prior", type_priors("USA").values(), ids=lambda prior: prior.name)
def test_the_priors_are_those_of_the_package(prior):
    (row,) = (line for line in TEXT.splitlines() if line.startswith(f"| {prior.symbol} | "))
    number = row.split("|")[3]
    found = [float(word) for word in re.findall(r"\d+(?:\.\d+)?", number)]
    quantity = prior.quantity
    shown = [float(f"{x:.2g}") for x in (quantity.value, quantity.low, quantity.high)]
    assert found == shown
    assert ("USD" in number) == (quantity.unit == "USD bn")


def test_the_forecasts_stand_in_the_order_that_the_text_says():
    """Both scores: nobody is ever hit, the model, the record times one half, a coin."""
    order = ("nobody is ever hit", "**this model**", "record times one half", "a coin")
    rows = [line.split("|") for line in SCORES.splitlines() if line.startswith("| ")]
    by_name = [next(row for row in rows if name in row[1] and len(row) == 6) for name in order]
    logs = [float(row[2].replace("−", "-")) for row in by_name]
    briers = [float(row[3]) for row in by_name]
    assert logs == sorted(logs, reverse=True)
    assert briers == sorted(briers)
