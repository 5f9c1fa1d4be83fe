"""The progress plots as HTML: no library, no network, readable by keyboard and by ear. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ui.charts import Day, Mastery
from ui.escape import attributes, entities
from ui.texts import Texts

_LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)


def mastery_plot(lectures: Sequence[Mastery], texts: Texts) -> str:
    """A row per week, a cell per lecture, the darker the better known; each starts a practice."""
    courses = groupby(lectures, key=lambda each: each.scope.course)
    parts = [(course, list(group)) for course, group in courses]
    shown = "".join(
        (f"<h4>{entities(course)}</h4>" if len(parts) > 1 else "") + _weeks(group, texts)
        for course, group in parts
    )
    return _plot(texts.progress_mastery, shown, texts.progress_mastery_detail)


def days_plot(days: Sequence[Day], texts: Texts) -> str:
    """A column per day: how many answers, and how many of them right."""
    columns = "".join(
        _column(
            day,
            max(each.count for each in days),
            texts.progress_day.format(
                month=day.day.month, day=day.day.day, total=day.count, right=day.right
            ),
            _day_name(day, at == len(days) - 1, texts),
        )
        for at, day in enumerate(days)
    )
    return _plot(texts.progress_days, f'<ol class="columns two">{columns}</ol>')


def due_plot(days: Sequence[Day], texts: Texts) -> str:
    """A column per day: how many items come back."""
    columns = "".join(
        _column(
            day,
            max(each.count for each in days),
            texts.progress_due_day.format(month=day.day.month, day=day.day.day, count=day.count),
            _day_name(day, at == 0, texts),
        )
        for at, day in enumerate(days)
    )
    return _plot(texts.progress_due, f'<ol class="columns">{columns}</ol>')


def _plot(title: str, body: str, detail: str = "") -> str:
    said = f'<p class="detail">{entities(detail)}</p>' if detail else ""
    return f'<section class="plot"><h3>{entities(title)}</h3>{said}{body}</section>'


def _weeks(lectures: Sequence[Mastery], texts: Texts) -> str:
    rows = groupby(lectures, key=lambda each: each.scope.week)
    return "".join(
        f'<div class="week"><span class="name">{entities(texts.week.format(week=week))}</span>'
        f'<span class="cells">{"".join(_cell(each, texts) for each in group)}</span></div>'
        for week, group in rows
    )


def _cell(each: Mastery, texts: Texts) -> str:
    scope = each.scope
    where = texts.week_lecture.format(week=scope.week, lecture=scope.lecture)
    words = texts.progress_cell if each.total else texts.progress_cell_new
    label = words.format(place=f"{where} {each.title}", total=each.total, right=each.right)
    values = {
        "class": f"weak level-{_level(each.share)}",
        "type": "button",
        "value": scope.value,
        "aria-label": label,
        "title": label,
    }
    share = "–" if each.share is None else f"{round(100 * each.share)}%"
    return (
        f'<button{attributes(values)}><span class="lecture">{scope.week}-{scope.lecture}</span>'
        f'<span class="share">{share}</span></button>'
    )


def _level(share: float | None) -> str:
    if share is None:
        return "none"
    return str(max(at for at, least in enumerate(_LEVELS) if share >= least))


def _column(day: Day, most: int, label: str, name: str) -> str:
    height = 100 * day.count // max(most, 1)
    right = 100 * day.right // max(day.count, 1)
    number = str(day.count) if day.count else ""
    return (
        f'<li{attributes({"title": label})}><span class="sr">{entities(label)}</span>'
        f'<span class="number" aria-hidden="true">{number}</span>'
        f'<span class="column" aria-hidden="true" style="height: {height}%">'
        f'<span class="good" style="height: {right}%"></span></span>'
        f'<span class="name" aria-hidden="true">{entities(name)}</span></li>'
    )


def _day_name(day: Day, today: bool, texts: Texts) -> str:
    """The month only where it begins: fourteen full dates do not fit on a phone."""
    if today:
        return texts.progress_today
    return f"{day.day.month}/1" if day.day.day == 1 else str(day.day.day)
