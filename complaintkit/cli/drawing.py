"""The life cycle as a picture, drawn from its one table: stages as boxes, actions as arrows between them."""

import math
from collections.abc import Iterator
from html import escape
from typing import Final

from attrs import frozen

from complaintkit.case.lifecycle import LIFE_CYCLE, Stage

_WIDE: Final = 132
_HIGH: Final = 44
_LEFT: Final = 30
_TOP: Final = 40
_ACROSS: Final = 214
_DOWN: Final = 190
# How far arrows that go there and back lie from the middle of their boxes, and how high long ones rise.
_LANE: Final = 11
_ARCH: Final = 0.22
# From so many stages on an arrow begins at the frame around all active stages and not at each of them.
_MANY: Final = 4
# Column and row of each stage: the usual way from left to right, what interrupts it above, other ends below.
PLACES: Final[dict[Stage, tuple[float, float]]] = {
    Stage.RECEIVED: (0, 1),
    Stage.REGISTERED: (1, 1),
    Stage.IN_PROGRESS: (2, 1),
    Stage.WAITING: (2, 0),
    Stage.DECISION_PENDING: (3, 1),
    Stage.RESPONDED: (4, 1),
    Stage.IN_REVIEW: (4, 0),
    Stage.RESOLVED: (5, 1),
    Stage.CLOSED: (6, 1),
    Stage.NOT_A_COMPLAINT: (0, 2.1),
    Stage.DUPLICATE: (1.3, 2.1),
    Stage.FORWARDED: (2.6, 2.1),
    Stage.WITHDRAWN: (4.2, 2.1),
}
_STYLE: Final = """
text{font:13px sans-serif;fill:#1d1d1d}.label{font-size:11px;fill:#0b3d91}
.box{fill:#fff;stroke:#1d1d1d;stroke-width:1.5}
.end{fill:#ececec}.arrow{fill:none;stroke:#5a5a5a;stroke-width:1.2}.frame{fill:none;stroke:#8a8a8a;stroke-dasharray:5 4}
.paper{fill:#fff}.back{fill:#fff;fill-opacity:.85}
"""


@frozen
class _Arrow:
    """A move between two stages, or from the frame around the active ones."""

    begin: Stage | None
    end: Stage
    actions: tuple[str, ...]


def svg() -> str:
    """Return the picture as a self-contained SVG document, with a description for those who do not see it."""
    width = _LEFT * 2 + _ACROSS * 6 + _WIDE
    height = int(_TOP * 2 + _DOWN * 2.1 + _HIGH + 30)
    arrows = tuple(_arrows())
    told = "; ".join(f"{_name(one.begin)} to {_name(one.end)} by {', '.join(one.actions)}" for one in arrows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="title told">',
        '<title id="title">The life cycle of a complaint</title>',
        f'<desc id="told">{escape(told)}</desc>',
        f"<style>{_STYLE.strip()}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#5a5a5a"/></marker></defs>',
        f'<rect class="paper" width="{width}" height="{height}"/>',
        *_frame(),
        *(_line(one) for one in arrows),
        *(_box(stage) for stage in Stage),
        *(_label(one) for one in arrows),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _arrows() -> Iterator[_Arrow]:
    """Yield the arrows: one for each pair of stages, and one from the frame for what is possible nearly everywhere."""
    begins: dict[tuple[str, Stage], list[Stage]] = {}
    for (action, stage), to in LIFE_CYCLE.items():
        if to is not stage:
            begins.setdefault((action, to), []).append(stage)
    single: dict[tuple[Stage | None, Stage], list[str]] = {}
    for (action, to), stages in begins.items():
        active = [stage for stage in stages if stage.open]
        everywhere = len(active) >= _MANY
        here: list[Stage | None] = [one for one in stages if not (everywhere and one.open)]
        for begin in [None] * everywhere + here:
            single.setdefault((begin, to), []).append(action)
    yield from (_Arrow(begin, end, tuple(actions)) for (begin, end), actions in single.items())


def _corner(stage: Stage) -> tuple[float, float]:
    column, row = PLACES[stage]
    return _LEFT + column * _ACROSS, _TOP + row * _DOWN


def _middle(stage: Stage) -> tuple[float, float]:
    x, y = _corner(stage)
    return x + _WIDE / 2, y + _HIGH / 2


def _frame() -> Iterator[str]:
    corners = [_corner(stage) for stage in Stage if stage.open]
    left, top = min(x for x, _ in corners) - 16, min(y for _, y in corners) - 22
    right, bottom = max(x for x, _ in corners) + _WIDE + 16, max(y for _, y in corners) + _HIGH + 30
    yield f'<rect class="frame" x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" rx="10"/>'
    yield f'<text x="{left + 8}" y="{top + 16}">most active stages (the table has each)</text>'


def _box(stage: Stage) -> str:
    x, y = _corner(stage)
    kind = "box" if stage.open else "box end"
    return (
        f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{_WIDE}" height="{_HIGH}" rx="7"/>'
        f'<text x="{x + _WIDE / 2:g}" y="{y + _HIGH / 2 + 5:g}" text-anchor="middle">{_name(stage)}</text>'
    )


def _ends(one: _Arrow) -> tuple[tuple[float, float], tuple[float, float]]:
    end = _middle(one.end)
    if one.begin is None:
        bottom = max(_corner(stage)[1] for stage in Stage if stage.open) + _HIGH + 30
        begin = (end[0] + 30, min(bottom, end[1]))
        return begin, _border(end, begin)
    begin = _middle(one.begin)
    if begin[1] == end[1]:
        forward = 1 if end[0] > begin[0] else -1
        if abs(end[0] - begin[0]) > _ACROSS:  # over the boxes between, or under them on the way back
            height = -forward * (_HIGH / 2 + 3)
            return (begin[0] + forward * 30, begin[1] + height), (end[0] - forward * 30, end[1] + height)
        aside = -forward * _LANE
        half = forward * (_WIDE / 2 + 3)
        return (begin[0] + half, begin[1] + aside), (end[0] - half, end[1] + aside)
    lane = _LANE * 2 if end[1] > begin[1] else -_LANE * 2
    begin, end = (begin[0] + lane, begin[1]), (end[0] + lane, end[1])
    return _border(begin, end), _border(end, begin)


def _border(inside: tuple[float, float], towards: tuple[float, float]) -> tuple[float, float]:
    """Return where the line from the middle of a box towards a point leaves the box."""
    across, down = towards[0] - inside[0], towards[1] - inside[1]
    share = min(
        (_WIDE / 2 + 3) / abs(across) if across else math.inf, (_HIGH / 2 + 3) / abs(down) if down else math.inf
    )
    return inside[0] + across * share, inside[1] + down * share


def _bend(one: _Arrow) -> tuple[float, float]:
    """Return the point that draws the line aside, so that it does not run through the boxes between."""
    (x1, y1), (x2, y2) = _ends(one)
    length = math.hypot(x2 - x1, y2 - y1) or 1
    far = one.begin is not None and y1 == y2 and length > _ACROSS / 2
    aside = 10 + length * _ARCH if far else 0
    return (x1 + x2) / 2 + (y2 - y1) / length * aside, (y1 + y2) / 2 - (x2 - x1) / length * aside


def _line(one: _Arrow) -> str:
    (x1, y1), (x2, y2) = _ends(one)
    bend_x, bend_y = _bend(one)
    return (
        f'<path class="arrow" marker-end="url(#tip)" '
        f'd="M{x1:.0f} {y1:.0f} Q{bend_x:.0f} {bend_y:.0f} {x2:.0f} {y2:.0f}"/>'
    )


def _label(one: _Arrow) -> str:
    (x1, y1), (x2, y2) = _ends(one)
    bend_x, bend_y = _bend(one)
    x, y = (x1 + 2 * bend_x + x2) / 4, (y1 + 2 * bend_y + y2) / 4
    words = [action.replace("_", " ") for action in one.actions]
    top = y - 6 * (len(words) - 1)
    wide = max(len(word) for word in words) * 6 + 6
    back = (
        f'<rect class="back" x="{x - wide / 2:.0f}" y="{top - 11:.0f}" width="{wide}" height="{12 * len(words) + 3}"/>'
    )
    lines = "".join(f'<tspan x="{x:.0f}" y="{top + 12 * n:.0f}">{word}</tspan>' for n, word in enumerate(words))
    return f'{back}<text class="label" text-anchor="middle">{lines}</text>'


def _name(stage: Stage | None) -> str:
    return "most active stages" if stage is None else str(stage).replace("_", " ")
