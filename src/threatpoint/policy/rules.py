"""Rules: who keeps doing X is punished with Y; or, without a condition, who is named is hit.

The parties of a rule are the economies that decide: a country, or a customs union as one. A group
of many states (rest of the world) buys but does not decide, so it is never a party of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError
from threatpoint.policy.aim import aimed, answered, biting, carriers, hit_by_name
from threatpoint.policy.buyers import buyers
from threatpoint.policy.instruments import Instrument
from threatpoint.policy.parties import hittable, parties_of, require_parties
from threatpoint.policy.policy import Policy
from threatpoint.policy.profiles import ProfileMove, members_of, require_moves
from threatpoint.policy.scope import member_codes
from threatpoint.policy.statement import Statement
from threatpoint.policy.targets import stopping
from threatpoint.policy.verdicts import Buyer
from threatpoint.world.places import code_of

if TYPE_CHECKING:
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class Rule(Statement):
    """`sender` announces: who keeps doing `when` is punished with `then`.

    Its fields are those of `Statement`, and so are the errors when it is made.

    Example:
        >>> buying = tp.Action("crude", "RUS", min_value=5, unit="USD bn")
        >>> threat = tp.Rule("USA", when=buying, then=tp.CutOff("USA", "target"))
        >>> threat.targets(tp.load_world())
        ('CHN', 'IND', 'TUR')
    """

    # -- who is hit --------------------------------------------------------------------------

    def buyers(self, economy: Economy) -> list[Buyer]:
        """Every economy with its purchases, verdict and reason; largest buyer first.

        Empty for a rule that is not about buying.

        Raises:
            PolicyError: unknown labels; named economies that cannot be targets.
        """
        return buyers(self, economy)

    def targets(self, economy: Economy) -> tuple[str, ...]:
        """Codes of all economies hit, union members included; largest buyer first, or as named.

        Raises:
            PolicyError: the rule hits nobody; says who came closest and by how much.
        """
        return tuple(code for members in self.parties(economy).values() for code in members)

    def parties(self, economy: Economy) -> dict[str, tuple[str, ...]]:
        """Who decides -> whom that hits: {"CHN": ("CHN",), "EU": (members...)}.

        Without `when`: the named, a customs union as one.

        Raises:
            PolicyError: as `targets`.
        """
        return parties_of(self, economy)

    def as_one(self, economy: Economy) -> dict[str, tuple[str, ...]]:
        """Groups that are hit, or that act, as one -> their members.

        Raises:
            PolicyError: as `targets`.
        """
        found = {name: codes for name, codes in self.parties(economy).items() if len(codes) > 1}
        words = [code_of(word, economy) or word for word in self.senders]
        return found | {word: economy.groups[word] for word in words if word in economy.groups}

    # -- what it does ------------------------------------------------------------------------

    def policy(
        self,
        economy: Economy,
        actions: Mapping[str, bool] | None = None,
        retaliating: Iterable[str] = (),
    ) -> Policy:
        """The punishment of a profile: who keeps doing it is hit, who stops is not.

        Args:
            economy: gives the targets.
            actions: party -> does it keep doing it; parties not mentioned do. None: all do.
            retaliating: parties that are hit and hit back.

        Raises:
            PolicyError: the rule hits nobody; an action or retaliation of somebody who is not a
                party, or of a party that is not hit; a retaliation where the rule has none.
        """
        parties, back = hittable(self, economy), tuple(retaliating)
        actions = dict(actions or {})
        require_parties(self, (*actions, *back), parties)
        quiet = [party for party in back if not actions.get(party, True)]
        if quiet:
            raise PolicyError(
                f"{self.title}: {', '.join(quiet)} stops and has no reason to retaliate"
            )
        moves: dict[str, ProfileMove] = {p: "punished" for p in parties if actions.get(p, True)}
        moves |= dict.fromkeys(back, "retaliates")
        return self.profile_policy(economy, moves)

    def profile_policy(self, economy: Economy, moves: Mapping[str, ProfileMove]) -> Policy:
        """The policy of one profile of moves; parties not mentioned defy and are not punished.

        Args:
            economy: gives the targets.
            moves: party -> one of `PROFILE_MOVES`: "comply" (its members stop the action),
                "defy" (nothing happens), "punished" (the templates), "retaliates" (punished, and
                it hits back).

        Raises:
            PolicyError: the rule hits nobody; somebody who is not a party; an unknown move; a
                party that complies with a rule that asks for nothing, or retaliates without means.
        """
        parties = hittable(self, economy)
        require_parties(self, moves, parties)
        require_moves(self, moves)
        answers: tuple[Instrument, ...] = ()
        if back := members_of(parties, moves, "retaliates"):
            answers += self.retaliate(economy, back)
        if self.when is not None and (comply := members_of(parties, moves, "comply")):
            answers += stopping(economy, self.when, comply)
        hit = members_of(parties, moves, "punished", "retaliates")
        return Policy(self.instruments(economy, hit), self.name, answers)

    def carriers(self, economy: Economy) -> tuple[str, ...]:
        """Codes of the senders: those stated, and whoever else carries out the punishment.

        Raises:
            PolicyError: unknown words.
        """
        stated = member_codes(economy, self.senders, self.title)
        acting = carriers(self.templates, economy)
        if not set(acting) - set(stated):
            return stated
        hit = self.targets(economy)
        return tuple(dict.fromkeys((*stated, *(code for code in acting if code not in hit))))

    def bystanders(self, economy: Economy) -> tuple[str, ...]:
        """Codes hit by name when the threat is carried out on somebody, though no target.

        Raises:
            PolicyError: as `targets`.
        """
        stated = member_codes(economy, self.senders, self.title)
        named = [code for t in self.templates for code in hit_by_name(t, economy, stated)]
        spared = {*self.carriers(economy), *self.targets(economy)}
        return tuple(code for code in dict.fromkeys(named) if code not in spared)

    def instruments(self, economy: Economy, hit: Iterable[str]) -> tuple[Instrument, ...]:
        """The templates applied to some targets; those without a flow to hit are left out."""
        codes = tuple(hit)
        members = {code for party in hittable(self, economy).values() for code in party}
        stated = member_codes(economy, self.senders)
        items = (aimed(item, economy, codes, members, stated) for item in self.templates)
        return biting(items, economy)

    def retaliate(self, economy: Economy, who: Iterable[str]) -> tuple[Instrument, ...]:
        """What some targets do to the sender; what hits no flow is left out.

        Raises:
            PolicyError: the rule has no retaliation.
        """
        if not self.retaliations:
            raise PolicyError(f"{self.title} has no retaliation; give `retaliation`")
        codes, stated = tuple(who), member_codes(economy, self.senders)
        items = (answered(item, economy, codes, stated) for item in self.retaliations)
        return biting(items, economy)

    def wedges(self, economy: Economy) -> Wedges:
        """Wedges of the profile where every target keeps doing it."""
        return self.policy(economy).wedges(economy)
