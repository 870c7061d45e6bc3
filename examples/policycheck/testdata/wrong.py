"""Answers five questions of the contract, but gets three rules wrong:

AGE-2   a person born on 29 February is a year older on 28 February, not on 1 March
DUE-4b  a due date that is already past when the form is delegated is not moved
YEAR-5  Year 9 is in Key Stage 4

It does not implement any other question, or any question with an overlay.
"""
import json
import re
import sys
from datetime import date, datetime, timedelta, timezone

SEASONS = {"SPRING": ((1, 1), (3, 31)), "SUMMER": ((4, 1), (8, 31)), "AUTUMN": ((9, 1), (12, 31))}
YEARS = ["N1", "N2", "R"] + ["Y%d" % n for n in range(1, 14)]  # numbered from -2
NURSERIES = {"nursery": 2, "childminder": 2, "day_nursery": 2, "pre_school": 2, "school": 3}  # the age from which each counts


class Invalid(Exception):
    pass


class Refused(Exception):
    pass


def day(given, name, optional=False):
    text = given.get(name)
    if text is None and optional:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except (TypeError, ValueError):
        pass
    raise Invalid(name)


def only(given, *names):
    for name in given:
        if name not in names:
            raise Invalid(name)


def season(d):
    return next(s for s, (first, last) in SEASONS.items() if first <= (d.month, d.day) <= last)


def bounds(name, year):
    first, last = SEASONS[name]
    return date(year, *first), date(year, *last)


def years(d, month):
    start = d.year if d.month >= month else d.year - 1
    return "%d/%02d" % (start, (start + 1) % 100)


def london(text):
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", text):
        raise Invalid("instant")
    t = datetime.fromisoformat(re.sub(r"\.\d+", "", text).replace("Z", "+00:00")).astimezone(timezone.utc).replace(tzinfo=None)
    sunday = lambda month: max(datetime(t.year, month, d, 1) for d in range(25, 32) if date(t.year, month, d).weekday() == 6)
    return (t + timedelta(hours=sunday(3) <= t < sunday(10))).date()


def term_of(given):
    only(given, "date", "instant")
    if given.get("date") is not None and given.get("instant") is not None:
        raise Invalid("instant")
    d = london(given["instant"]) if given.get("instant") is not None else day(given, "date")
    first, last = bounds(season(d), d.year)
    before, after = first - timedelta(1), last + timedelta(1)
    name = lambda d: "%s %d" % (season(d), d.year)
    return {"term": name(d), "start": str(first), "end": str(last), "next": name(after), "previous": name(before),
            "academicYear": years(d, 9), "financialYear": years(d, 4)}


def birthday(born, age):
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 2, 28)  # wrong: AGE-2 says 1 March


def age(born, on):
    if born > on or birthday(born, 25) < on:
        raise Invalid("born")
    return max(n for n in range(26) if birthday(born, n) <= on)


def term_age(given):
    only(given, "born", "on")
    return {"age": age(day(given, "born"), day(given, "on"))}


def school_year(d):
    return d.year if d.month >= 9 else d.year - 1


def year_group(given):
    only(given, "born", "on", "recordedYear", "recordedOn")
    born, on = day(given, "born"), day(given, "on")
    recorded, recorded_on = given.get("recordedYear"), day(given, "recordedOn", True) or on
    age(born, on)
    n = school_year(on) - school_year(born) - 5
    if recorded is not None and recorded != "X":
        if not isinstance(recorded, str) or not re.fullmatch(r"N1|N2|R|Y?\d\d?", recorded):
            raise Invalid("recordedYear")
        written = YEARS.index(recorded) - 2 if recorded[0] in "NR" else int(recorded.lstrip("Y"))
        moved = written + school_year(on) - school_year(recorded_on)
        if written > 13:
            raise Refused("YEAR-4")
        n = moved if moved >= -2 else n
    if n > 13:
        raise Refused("YEAR-4")
    stage = next(s for s, top in (("EYFS", 0), ("KS1", 2), ("KS2", 6), ("KS3", 8), ("KS4", 11), ("KS5", 13)) if n <= top)  # wrong: KS3 ends with Year 9
    return {"yearGroup": "pre-nursery" if n < -2 else YEARS[n + 2], "keyStage": stage}


def due(given):
    only(given, "meeting", "delegated")
    meeting, delegated = day(given, "meeting"), day(given, "delegated", True)
    late = delegated is not None and delegated > bounds(season(meeting), meeting.year)[1]
    return {"due": str((delegated if late else meeting) + timedelta(14)), "outOfTerm": late}  # wrong: DUE-4b is missing


def in_window(given):
    only(given, "born", "term", "education")
    born, (name, _, year) = day(given, "born"), str(given.get("term")).partition(" ")
    if name not in SEASONS or not re.fullmatch(r"\d{4}", year):
        raise Invalid("term")
    first, last = bounds(name, int(year))
    age(born, last)
    nursery = any(e["kind"] in NURSERIES and max(birthday(born, NURSERIES[e["kind"]]), first, day(e, "from")) <=
                  min(last, (day(e, "to", True) or date.max) - timedelta(1)) for e in given.get("education") or [])
    return {"inWindow": first <= birthday(born, 18) and (birthday(born, 4) <= last or nursery)}


ASKS = {"term.of": term_of, "term.age": term_age, "forms.year_group": year_group,
        "delegation.due": due, "pep.in_age_window": in_window}

for line in sys.stdin:
    question = json.loads(line)
    try:
        if question["ask"] not in ASKS or "overrides" in question:
            raise Invalid("ask")
        answer = ASKS[question["ask"]](question["given"])
    except Invalid as e:
        answer = {"invalid": str(e)}
    except Refused as e:
        answer = {"refused": str(e)}
    print(json.dumps(answer), flush=True)
