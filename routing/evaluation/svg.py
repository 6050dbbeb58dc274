"""Reliability diagrams as SVG: a dot for each bin, its interval, and the diagonal of honest confidence."""

from collections.abc import Sequence
from html import escape

from routing.evaluation.measures import Bin

SIDE = 160  # of the plotted square
LEFT, TOP, BOTTOM, RIGHT = 34, 24, 30, 12
WIDTH, HEIGHT = LEFT + SIDE + RIGHT, TOP + SIDE + BOTTOM
COLUMNS = 4
STYLE = (
    "text{font:11px system-ui,sans-serif;fill:#17222d}"
    ".frame{fill:none;stroke:#8a97a5}.ideal{stroke:#8a97a5;stroke-dasharray:4 3}"
    ".interval{stroke:#0f5a78;stroke-width:1.5}.dot{fill:#0f5a78}.paper{fill:#fff}"
)


def reliability_svg(title: str, bins: Sequence[Bin]) -> str:
    """One diagram as a complete `<svg>` element on white paper, readable without colours or scripts."""
    return _document(title, WIDTH, HEIGHT, [_diagram(title, bins, 0, 0)])


def gallery_svg(title: str, diagrams: Sequence[tuple[str, Sequence[Bin]]]) -> str:
    """Several diagrams in one picture, in rows of `COLUMNS`."""
    drawn = [
        _diagram(name, bins, WIDTH * (place % COLUMNS), HEIGHT * (place // COLUMNS))
        for place, (name, bins) in enumerate(diagrams)
    ]
    rows = -(-len(diagrams) // COLUMNS)
    return _document(title, WIDTH * min(COLUMNS, max(1, len(diagrams))), HEIGHT * max(1, rows), drawn)


def _document(title: str, width: int, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img"><title>{escape(title)}</title><style>{STYLE}</style>'
        f'<rect class="paper" width="{width}" height="{height}"/>{"".join(parts)}</svg>'
    )


def _diagram(name: str, bins: Sequence[Bin], x: int, y: int) -> str:
    most = max((one.right.whole for one in bins), default=0)
    dots = "".join(_dot(one, most) for one in bins if one.right.whole)
    return (
        f'<g transform="translate({x + LEFT} {y + TOP})">'
        f'<text x="0" y="-8">{escape(name)}</text>'
        f'<rect class="frame" width="{SIDE}" height="{SIDE}"/>'
        f'<line class="ideal" x1="0" y1="{SIDE}" x2="{SIDE}" y2="0"/>{dots}'
        f'<text x="-6" y="{SIDE}" text-anchor="end">0</text><text x="-6" y="9" text-anchor="end">1</text>'
        f'<text x="{SIDE / 2}" y="{SIDE + 18}" text-anchor="middle">across: confidence, up: right</text></g>'
    )


def _dot(one: Bin, most: int) -> str:
    """A larger dot stands for more messages; the whisker is the 95 % interval of the share."""
    across = SIDE * one.said
    radius = 2 + 4 * (one.right.whole / most) ** 0.5
    return (
        f'<line class="interval" x1="{across:.1f}" x2="{across:.1f}" y1="{_down(one.right.low)}" '
        f'y2="{_down(one.right.high)}"/>'
        f'<circle class="dot" cx="{across:.1f}" cy="{_down(one.right.value)}" r="{radius:.1f}"/>'
    )


def _down(share: float) -> str:
    return f"{SIDE * (1 - share):.1f}"
