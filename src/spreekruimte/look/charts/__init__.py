"""Pictures as SVG, drawn from plain numbers and labels; style and colour come from the page."""

from spreekruimte.look.charts.bars import Bar, draw_bars
from spreekruimte.look.charts.beeswarm import Point, Tick, draw_beeswarm
from spreekruimte.look.charts.density import Region, draw_density
from spreekruimte.look.charts.heat_map import Cell, draw_heat_map
from spreekruimte.look.charts.hexagons import LEAST, Cells, gather_cells
from spreekruimte.look.charts.marks import Mark, Part, draw_key, draw_parts
from spreekruimte.look.charts.timeline import Column, Moment, Stretch, draw_timeline

__all__ = [
    "LEAST",
    "Bar",
    "Cell",
    "Cells",
    "Column",
    "Mark",
    "Moment",
    "Part",
    "Point",
    "Region",
    "Stretch",
    "Tick",
    "draw_bars",
    "draw_beeswarm",
    "draw_density",
    "draw_heat_map",
    "draw_key",
    "draw_parts",
    "draw_timeline",
    "gather_cells",
]
