"""Checks of the labels and side tables of an economy: groups, residuals, flows, basis codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import unknown

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Codes
    from threatpoint.world.flow import Flow


def label_problems(
    countries: Sequence[str], sectors: Sequence[str], labels: Mapping[str, Any]
) -> list[str]:
    """Side tables that name a country or sector the economy does not have."""
    lists: dict[str, Any] = {
        "country": {
            "residuals": labels.get("residuals", ()),
            "names": labels.get("names", ()),
            **{f"group {name}": group for name, group in labels.get("groups", {}).items()},
        },
        "sector": {
            "services": labels.get("services", ()),
            "sector_names": labels.get("sector_names", ()),
        },
    }
    known = {"country": tuple(map(str, countries)), "sector": tuple(map(str, sectors))}
    return [
        unknown(kind, str(code), known[kind], where)
        for kind, tables in lists.items()
        for where, codes in tables.items()
        for code in codes
        if code not in known[kind]
    ]


def flow_problems(
    flows: Mapping[str, Flow],
    trade: Array,
    countries: Sequence[str],
    sectors: Sequence[str],
) -> list[str]:
    """Flows of the wrong shape or sector, negative, or together above the trade of their sector."""
    problems: list[str] = []
    held: dict[str, Array] = {}
    for name, flow in flows.items():
        shape = trade.shape[:2]
        if flow.sector not in sectors:
            problems.append(unknown("sector", flow.sector, tuple(sectors), f"flow {name}"))
            continue
        wrong = {
            part: getattr(flow, part).shape
            for part in ("values", "known", "basis")
            if getattr(flow, part).shape != shape
        }
        if wrong:
            problems.append(
                f"flow {name}: expected shape {shape} (importer, exporter), got {wrong}"
            )
            continue
        if not np.all(np.isfinite(flow.values) & (flow.values >= 0)):
            problems.append(f"flow {name} has cells that are negative or not finite")
            continue
        if np.any(flow.values[~flow.known] != 0):
            problems.append(f"flow {name} has values in cells marked as not known")
        held[flow.sector] = held.get(flow.sector, np.zeros(shape)) + flow.values
    for sector, total in held.items():
        cell = trade[:, :, list(sectors).index(sector)]
        over = total - cell * (1 + 1e-9)
        if np.any(over > 0):
            n, i = (int(p) for p in np.unravel_index(int(np.argmax(over)), over.shape))
            problems.append(
                f"flows in {sector} exceed its trade, most at [{countries[n]}, {countries[i]}]: "
                f"{total[n, i]:g} against {cell[n, i]:g}"
            )
    return problems


def basis_problems(
    basis: Mapping[str, Codes], shapes: Mapping[str, tuple[int, ...]], codes: int
) -> list[str]:
    """Basis arrays for unknown tables, of the wrong shape, or with codes out of range."""
    problems = []
    for name, array in basis.items():
        if name not in shapes:
            problems.append(unknown("array", name, tuple(shapes), "basis"))
        elif array.shape != shapes[name]:
            problems.append(f"basis of {name} has shape {array.shape}, expected {shapes[name]}")
        elif array.size and (array.min() < 0 or array.max() >= codes):
            problems.append(f"basis of {name} has codes outside 0 to {codes - 1}")
    return problems
