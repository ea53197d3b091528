"""Minutes as a paper: what the engine of papers draws."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils import timezone

from zveno.correspondence.models.minutes import Minutes
from zveno.network.models.wording import in_words

Clause = dict[str, Any]
Section = dict[str, Any]


@cache
def _words() -> Mapping[str, Any]:
    """Return the wording of minutes."""
    text = files("zveno.correspondence").joinpath("data", "minutes.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


class _Fields(dict[str, Any]):
    """The values of a paper: what people typed stands here, so that no brace of it is a field."""

    def put(self, text: str, /, **values: str) -> str:
        """Return a text whose fields are named anew, each with its value kept."""
        for name, value in values.items():
            own = f"v{len(self)}"
            self[own] = value
            text = text.replace(f"{{{name}}}", f"{{{own}}}")
        return text


def paper_of(minutes: Minutes) -> dict[str, Any]:
    """Put the wording and what the minutes tell together, as the engine reads it."""
    words, fields, content = _words(), _Fields(), minutes.content
    fields |= _facts(minutes)
    sections = [_meeting(minutes, fields), _agenda(content, fields)]
    sections += [_item(item, fields) for item in content["items"]]
    head = {name: words[name] for name in ("title", "subtitle", "number", "date", "footer")}
    preamble = [words["corrected"]] if minutes.version > 1 else []
    sections.append(_signatures(content, fields))
    return head | {"preamble": preamble, "sections": sections, "fields": fields}


def _facts(minutes: Minutes) -> dict[str, str]:
    meeting = minutes.meeting
    return {
        "cluster": meeting.cluster.name,
        "number": minutes.number.printed,
        "day": in_words(timezone.localdate(meeting.begins_at)),
        "version": str(minutes.version),
        "written": in_words(timezone.localdate(minutes.written_at)),
        "reason": minutes.reason.rstrip(". "),
    }


def _meeting(minutes: Minutes, fields: _Fields) -> Section:
    words, content, meeting = _words(), minutes.content, minutes.meeting
    begins, ends = timezone.localtime(meeting.begins_at), timezone.localtime(meeting.ends_at)
    hours = f"{begins:%H:%M}–{ends:%H:%M}"
    clauses: list[Clause] = [
        {"text": fields.put(words["subject"], subject=meeting.subject)},
        {"text": fields.put(words["place"], hours=hours, place=meeting.place)},
        {"text": fields.put(words["chair"], chair=content["chair"])},
        {"text": fields.put(words["secretary"], secretary=content["secretary"])},
    ]
    if content["came"]:
        names = [fields.put("{name}", name=name) for _key, name in content["came"]]
        clauses.append({"text": words["came"], "items": names})
    if content["others"]:
        clauses.append({"text": fields.put(words["others"], others=content["others"])})
    return {"title": words["meeting"], "clauses": clauses}


def _agenda(content: Mapping[str, Any], fields: _Fields) -> Section:
    words = _words()
    items = [
        fields.put(words["reports"], text=one["text"], reporter=one["reporter"])
        if one["reporter"]
        else fields.put("{text}", text=one["text"])
        for one in content["items"]
    ]
    return {"title": words["agenda"], "clauses": [{"text": words["questions"], "items": items}]}


def _item(item: Mapping[str, Any], fields: _Fields) -> Section:
    words = _words()
    clauses: list[Clause] = [
        {"text": fields.put(words[name], **{name: item[name]})}
        for name in ("reporter", "heard")
        if item[name]
    ]
    decisions = [_decision(one, fields) for one in item["decisions"]]
    if decisions:
        clauses.append({"text": words["decided"], "items": decisions})
    return {"title": fields.put("{text}", text=item["text"]), "clauses": clauses}


def _decision(one: Mapping[str, str], fields: _Fields) -> str:
    if not one["who"]:
        return fields.put("{text}", text=one["text"])
    due = f"{date.fromisoformat(one['due']):%d.%m.%Y}"
    text = one["text"].rstrip(". ")
    return fields.put(_words()["decision"], text=text, who=one["who"], due=due)


def _signatures(content: Mapping[str, Any], fields: _Fields) -> Section:
    words = _words()
    names = (content["chair"], content["secretary"])
    rows = [
        [role, "", fields.put("{name}", name=name)]
        for role, name in zip(words["signers"], names, strict=True)
    ]
    table = {"header": words["columns"], "rows": rows, "widths": [2, 2, 3]}
    return {"title": words["signatures"], "clauses": [{"text": words["signed"], "table": table}]}
