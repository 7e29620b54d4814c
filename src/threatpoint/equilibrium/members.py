"""The lists that `solve_many` is given, as one list of labelled members."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from threatpoint.errors import PolicyError, shown

MOST = 100_000
"""Members in one call; more belong in a store of draws."""


def members_of(given: Mapping[str, Any]) -> dict[Hashable, dict[str, Any]]:
    """Label -> what each argument gives that member.

    Args:
        given: argument -> one value for all, a list or tuple of values, or label -> value. Members
            of lists are labelled 0, 1, ...

    Raises:
        PolicyError: no list at all, an empty one, different lengths, or labels that differ.
    """
    lists: dict[str, Any] = {name: value for name, value in given.items() if _is_many(value)}
    _require_fitting(lists)
    labels = _labels(lists)
    if len(labels) > MOST:
        raise PolicyError(
            f"{len(labels):,} members are too many for one call; the limit is {MOST:,}. Solve them "
            "in parts, or keep them in a store: `threatpoint ensemble`"
        )
    single = {name: value for name, value in given.items() if name not in lists}
    return {
        label: single | {name: _at(many, label, k) for name, many in lists.items()}
        for k, label in enumerate(labels)
    }


def _is_many(value: object) -> bool:
    return isinstance(value, (list, tuple, Mapping))


def _require_fitting(lists: Mapping[str, Any]) -> None:
    if not lists:
        raise PolicyError(
            "solve_many needs a list: of policies, elasticities or starts (or label -> value); for "
            "one counterfactual use solve"
        )
    empty = [name for name, many in lists.items() if not len(many)]
    if empty:
        raise PolicyError(f"the list of {empty[0]} is empty: there is nothing to solve")
    sizes = {name: len(many) for name, many in lists.items()}
    if len(set(sizes.values())) > 1:
        words = ", ".join(f"{size} {name}" for name, size in sizes.items())
        raise PolicyError(
            f"lists of different lengths: {words}. Give one value for all, or one for each member"
        )


def _labels(lists: Mapping[str, Any]) -> list[Hashable]:
    """The labels of the first mapping, which all others must have; else 0, 1, ..."""
    named: dict[str, Any] = {name: x for name, x in lists.items() if isinstance(x, Mapping)}
    if not named:
        return list(range(len(next(iter(lists.values())))))
    first, *others = named
    labels: list[Hashable] = list(named[first])
    for name in others:
        missing = [label for label in labels if label not in named[name]]
        if missing:
            raise PolicyError(
                f"{name} have no {shown(missing[0])}, which {first} have; both need the same labels"
            )
    return labels


def _at(many: Any, label: Hashable, k: int) -> Any:
    return many[label if isinstance(many, Mapping) else k]
