"""A problem from plain data; what cannot be divided is refused and named."""

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Any, TypeVar

from zveno.engines import Refusal
from zveno.engines.seats.model import Applicant, Mode, Problem, Quota, Session
from zveno.engines.seats.units import Overlaps, refuse_impossible

_Row = TypeVar("_Row", Applicant, Session, Quota)


def read_problem(raw: Mapping[str, Any]) -> Problem:
    """Read applicants, sessions and quotas in any order of their rows."""
    try:
        problem = Problem(
            str(raw["seed"]),
            _rows(raw["applicants"], _applicant),
            _rows(raw["sessions"], lambda row: Session(**row)),
            _rows(raw.get("quotas", ()), _quota),
            _mode(raw.get("mode", Mode.OPEN)),
            tuple(sorted(_seats(raw.get("kept", {})))),
            tuple(
                sorted((row["one"], row["two"], row["minutes"]) for row in raw.get("travel", ()))
            ),
            raw.get("travel_min", 0),
            raw.get("effort", 1),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise Refusal("wrong_keys") from error
    _names(problem)
    _numbers(problem)
    _nested(problem)
    _reserved(problem)
    _kept(problem)
    if problem.whole:
        refuse_impossible(problem)
    return problem


def keeping(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return a problem that keeps the seats of its ``repair`` wherever they still stand."""
    changed = {key: value for key, value in raw.items() if key != "repair"}
    problem = read_problem(changed)
    people = {each.id: each for each in problem.applicants}
    sessions = {each.id: each for each in problem.sessions if each.capacity}
    if not isinstance(raw["repair"], Mapping):
        raise Refusal("wrong_keys")
    overlap = Overlaps(problem)
    kept: dict[str, list[str]] = {}
    for who, at in problem.kept:
        kept.setdefault(who, []).append(at)
    for who, at in _seats(raw["repair"]):
        if who in people and at in sessions and _may(people[who], sessions[at]):
            had = kept.setdefault(who, [])
            room = at not in had and len(had) < people[who].most
            if room and not any(overlap(each, at) for each in had):
                had.append(at)
    return changed | {"kept": kept}


def _mode(raw: str) -> Mode:
    if raw not in set(Mode):
        raise Refusal("wrong_mode")
    return Mode(raw)


def _seats(raw: Mapping[str, str | Iterable[str]]) -> list[tuple[str, str]]:
    """Return who holds which session; a list of them may be told, too."""
    seats = [
        (who, at) for who, told in raw.items() for at in ([told] if isinstance(told, str) else told)
    ]
    if not all(isinstance(each, str) for pair in seats for each in pair):
        raise Refusal("wrong_keys")
    return seats


def _may(who: Applicant, session: Session | None) -> bool:
    return session is not None and session.id in who.wishes and session.admits(who)


def _rows(
    raw: Iterable[Mapping[str, Any]], read: Callable[[Mapping[str, Any]], _Row]
) -> tuple[_Row, ...]:
    return tuple(sorted((read(row) for row in raw), key=lambda row: row.id))


def _applicant(row: Mapping[str, Any]) -> Applicant:
    return Applicant(**{**row, "wishes": tuple(row["wishes"])})


def _quota(row: Mapping[str, Any]) -> Quota:
    sets = {key: frozenset(row[key]) for key in ("sessions", "organisations")}
    return Quota(**{**row, **sets})


def _names(problem: Problem) -> None:
    """Refuse names told twice and sessions that are not there."""
    known = {each.id for each in problem.sessions}
    for rows in (problem.applicants, problem.bounds()):
        if len({row.id for row in rows}) < len(rows):
            raise Refusal("told_twice")
    wishes = [each.wishes for each in problem.applicants]
    if any(len(set(each)) < len(each) for each in wishes):
        raise Refusal("wished_twice")
    named = {*(name for each in wishes for name in each)}
    named = named.union(*(quota.sessions for quota in problem.quotas))
    if strange := sorted(named - known):
        raise Refusal("unknown_sessions", ids=strange)


def _numbers(problem: Problem) -> None:
    """Refuse what is no whole number, and bounds below zero."""
    people = [n for each in problem.applicants for n in (each.grade, each.priority, each.served)]
    grades = [n for each in problem.sessions for n in (each.grade_from, each.grade_to)]
    bounds = [n for each in problem.bounds() for n in (each.ceiling, each.floor)]
    bounds += [each.minimum for each in problem.sessions]
    bounds += [n for *_, n in problem.travel] + [problem.travel_min, problem.effort - 1]
    # A group is one person at least and goes to one session.
    bounds += [n - 1 for each in problem.applicants for n in (each.size, each.most)]
    if any(type(n) is not int for n in (*people, *grades, *bounds)) or min(bounds, default=0) < 0:
        raise Refusal("wrong_numbers")
    for each in problem.sessions:
        if (each.start, each.end) != (None, None) and not _lasts(each):
            raise Refusal("wrong_times", ids=[each.id])


def _lasts(session: Session) -> bool:
    both = type(session.start) is int and type(session.end) is int
    return both and (session.start or 0) < (session.end or 0)


def _nested(problem: Problem) -> None:
    """Refuse two quotas that share seats though neither lies in the other."""
    by_session: dict[str, list[Quota]] = {each.id: [] for each in problem.sessions}
    for quota in problem.bounds():
        for session in quota.sessions or by_session:
            by_session[session].append(quota)
    for quotas in by_session.values():
        for one, two in combinations(quotas, 2):
            if one.meets(two) and not (one.contains(two) or two.contains(one)):
                raise Refusal("quotas_cross", ids=sorted((one.id, two.id)))


def _reserved(problem: Problem) -> None:
    """Refuse seats reserved beyond a ceiling, with the quotas that reserve them."""
    keeping = [each for each in problem.quotas if each.floor]
    for outer in problem.bounds() if keeping else ():
        inner = _disjoint([each for each in keeping if outer.contains(each)])
        if sum(each.floor for each in inner) > outer.ceiling:
            raise Refusal("reserved_beyond", ids=sorted({outer.id, *(each.id for each in inner)}))


def _disjoint(quotas: list[Quota]) -> list[Quota]:
    """Choose quotas apart from each other that together reserve the most."""
    tops = _outermost(quotas)
    chosen: list[Quota] = []
    for top in tops:
        inner = _disjoint([each for each in quotas if each is not top and top.contains(each)])
        chosen += inner if sum(each.floor for each in inner) > top.floor else [top]
    return chosen


def _outermost(quotas: list[Quota]) -> list[Quota]:
    tops: list[Quota] = []
    for quota in quotas:
        if not any(top.contains(quota) for top in tops):
            tops = [*(top for top in tops if not quota.contains(top)), quota]
    return tops


def _kept(problem: Problem) -> None:
    """Refuse seats confirmed to who may not have them, or to more than there are seats."""
    people = {each.id: each for each in problem.applicants}
    sessions = {each.id: each for each in problem.sessions}
    strange = [
        who
        for who, at in problem.kept
        if who not in people or not _may(people[who], sessions.get(at))
    ]
    if strange:
        raise Refusal("kept_unwished", ids=strange)
    seats = [(at, people[who]) for who, at in problem.kept]
    held = (
        (each, sum(who.size for at, who in seats if each.covers(at, who.organisation)))
        for each in problem.bounds()
    )
    if beyond := sorted(each.id for each, count in held if count > each.ceiling):
        raise Refusal("kept_beyond", ids=beyond)
