"""The [support] tables: the draft is read, anything unknown or out of range is refused."""

import copy
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

import threatpoint.situation.support_schema as schema
from threatpoint.talks.capability import CAPABILITIES

DRAFT = Path(schema.__file__).with_name("library") / "drafts" / "support.toml"


def draft():
    text = DRAFT.read_text(encoding="utf-8")
    return copy.deepcopy(tomllib.loads(text, parse_float=Decimal)["support"])


def test_the_draft_holds_the_defaults():
    read = schema.SupportTables.model_validate(draft())
    for table, known in zip(read.capabilities, CAPABILITIES, strict=True):
        found = table.capability()
        assert found.name == known.name
        for part in ("weight", "ceiling", "months"):
            one, other = getattr(found, part), getattr(known, part)
            assert (one.value, one.low, one.high) == pytest.approx(
                (other.value, other.low, other.high)
            )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(kee="gdp"), "Extra inputs"),
        (lambda d: d.update(key="gpd"), "'gdp', 'effort' or 'capacity'"),
        (lambda d: d.update(baseline=["2022-02"]), "at least 2"),
        (lambda d: d.update(baseline=["2022-02", "2022-13"]), "pattern"),
        (lambda d: d["horizon"].update(value=0), "1 to 600"),
        (lambda d: d["horizon"].update(unit="%"), "whole months"),
        (lambda d: d["covered"].update(prior=False), "is a prior"),
        (lambda d: d["substitution"].update(value=2), "within its range"),
        (lambda d: d["capabilities"][0]["weight"].update(value=-1), "within its range"),
        (lambda d: d["capabilities"][0]["weight"].update(unit="months"), "use '%'"),
        (lambda d: d["capabilities"][0].update(x=1), "Extra inputs"),
        (lambda d: d["capabilities"].append(d["capabilities"][0]), "twice"),
        (lambda d: d["capabilities"].clear(), "at least 1"),
    ],
)
def test_bad_tables_are_refused(change, words):
    tables = draft()
    change(tables)
    with pytest.raises(ValidationError, match=words):
        schema.SupportTables.model_validate(tables)
