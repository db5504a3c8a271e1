"""What is measured, in order: what must find nothing kept first, what writes last."""

from collections.abc import Callable, Iterator

from django.db import connection

from scripts.bench import seed
from scripts.bench.anchoring import carry_passages, find_quotations
from scripts.bench.databases import Databases
from scripts.bench.growth import growth_figures
from scripts.bench.reading_in import read_essay
from scripts.bench.rendering import after_a_post, cold_page
from scripts.bench.report import Figure, Row, missed, table
from scripts.bench.search import search_figures
from scripts.bench.server import serving
from scripts.bench.throughput import Throughput, reading_rows, writing_rows
from scripts.bench.weight import weight_figures


def measure(
    databases: Databases,
    scale: seed.Scale,
    *,
    seconds: float,
    paragraphs: int,
    say: Callable[[str], None],
) -> Iterator[str]:
    """Yield the report, line by line; `paragraphs` has the long essay that is read in."""
    figures: list[Figure] = []
    with serving(databases.whole) as whole:
        throughput = Throughput(whole, seconds)
        say("Pages with nothing kept …")
        cold, figure = cold_page(whole.port, scale)
        figures.append(figure)
        say("Pages under eight clients …")
        figures += reading_rows(whole.port, throughput)
        say("Searches …")
        figures += search_figures(whole.port)
        say("Pages with more data behind them …")
        with serving(databases.one) as one:
            figures += growth_figures(one.port, whole.port, scale, seconds)
        say("Writers …")
        figures.append(after_a_post(whole.port, cold, seconds))
        figures += writing_rows(throughput)
    figures += weight_figures()
    rows = [*throughput.r0_rows(), *throughput.rows]
    yield from table(rows, throughput.of_r)
    yield ""
    say("Anchoring and reading in …")
    figures.append(find_quotations())
    figures += carry_passages(paragraphs)
    figures += read_essay(paragraphs)
    yield from (f"- {figure.text}" for figure in figures)
    yield ""
    yield from _summary(rows, figures)


def _summary(rows: list[Row], figures: list[Figure]) -> Iterator[str]:
    """Say on what it was measured, and which goals were missed."""
    yield f"On {connection.vendor}; goals missed:"
    names = missed(rows, figures)
    yield from (f"- {name}" for name in names or ["none"])
