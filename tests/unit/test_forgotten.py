"""What is remembered of drawn tables is forgotten with them: memory does not grow with draws."""

from __future__ import annotations

import gc
import weakref

import threatpoint as tp
from threatpoint.oil.setting import KEPT, setting_of
from threatpoint.oil.solve import solve_many
from threatpoint.policy import StopBuying
from threatpoint.world.draw import draw_world


def test_a_drawn_table_is_forgotten():
    world = tp.load_world()
    table = draw_world(world, 0)
    policy = StopBuying("IND", "RUS", "crude")
    found = solve_many(table, {"one": policy}, horizon="short", opec="hold")
    assert found["one"].status.converged
    assert setting_of(table) is setting_of(table)
    gone = weakref.ref(table)
    del table, found
    for seed in range(1, KEPT + 1):
        assert setting_of(draw_world(world, seed)) is not None
    gc.collect()
    assert gone() is None
