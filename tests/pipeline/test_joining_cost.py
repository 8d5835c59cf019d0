"""Joining the names of a batch costs what the batch costs, whatever the warehouse holds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import sqlalchemy as sa
from across import Oracle, load, parse

from rasd.warehouse.engine import connect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIRST = """== dev | سانا | قبل
قال وزير النفط السوري [PER:a|محمد العلي] إن الحقول في سوريا تعمل، وأيده الخبير الروسي [PER:b|ألكسندر ستيرنيك].
"""
SECOND = """== dev | تاس | بعد
التقى وزير النفط السوري [PER:a|محمد العلي] الخبير الروسي [PER:b|الكسندر ستيرنك] في سوريا، وشكره [PER:b|ستيرنك].
"""
# Senses of other people: of other names, of other bearers of a common name, of one more common surname.
_FILL = """
INSERT INTO core.sense (sense_id, sense_key, entity_type, name, country, is_curated, is_short, is_common, block, family,
  countries, fields, companions, group_id, rule, score, is_open, joining_version, run_id)
SELECT md5(n::text)::uuid, 'PER/' || n, 'PER', 'سامر ' || n, 'XX', false, false, n % 2 = 0, 'PER سمر ' || n,
  CASE WHEN n % 10 = 0 THEN 'عل' ELSE 'x' || n END, '{XX}', '{}', '{}', md5(n::text)::uuid, 'own name', 0.95, false,
  '1', (SELECT run_id FROM ops.run LIMIT 1)
FROM generate_series(1, :n) AS n
"""
_READ = """
SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables
WHERE schemaname = 'core' AND relname IN ('sense', 'sense_name', 'sense_candidate', 'naming', 'entity', 'entity_name')
"""


# What a connection has read is counted before it leaves this list.
_STILL_THERE = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def _read(dsn: str) -> int:
    """Return how many rows of the tables of joining have been read so far, once all connections have been closed."""
    engine = connect(dsn)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
        while c.scalar(sa.text(_STILL_THERE)):
            time.sleep(0.05)
        total = sum(n for _, n in c.execute(sa.text(_READ)))
    engine.dispose()
    return total


def _rows_read(dsn: str, folder: Path, others: int) -> int:
    engine = connect(dsn)
    articles = parse(FIRST + SECOND)
    oracle = Oracle(articles)
    load(engine, folder / "first", articles[:1], oracle=oracle)
    with engine.begin() as c:
        c.execute(sa.text(_FILL), {"n": others})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
        c.exec_driver_sql("ANALYZE core.sense")
    engine.dispose()
    before = _read(dsn)
    engine = connect(dsn)
    load(engine, folder / "second", articles[1:], oracle=oracle)
    engine.dispose()
    return _read(dsn) - before


def test_a_batch_reads_no_more_in_a_big_warehouse(new_database: Callable[..., str], tmp_path: Path) -> None:
    small = _rows_read(new_database(), tmp_path / "small", 3_000)
    big = _rows_read(new_database(), tmp_path / "big", 30_000)
    assert big < 1.2 * small + 100, "ten times the senses, and the same rows read"
