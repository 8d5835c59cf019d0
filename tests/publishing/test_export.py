"""The warehouse as files: whole, by day, and written again only where something has changed."""

from __future__ import annotations

import csv
import json
import os
import time
from datetime import date
from typing import TYPE_CHECKING

import pandas
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from rasd.errors import SettingError
from rasd.pipeline import publishing
from rasd.publishing import export
from rasd.publishing.export import FORMATS, TABLES, UNDATED

if TYPE_CHECKING:
    from pathlib import Path


def files(target: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder, with when it was written and what is in it."""
    found = sorted(p for p in target.rglob("*") if p.is_file())
    return {str(p.relative_to(target)): (p.stat().st_mtime_ns, p.read_bytes()) for p in found}


@pytest.mark.parametrize("format", FORMATS)
def test_every_row_is_in_the_file_of_its_day(
    sample_warehouse: sa.Engine, tmp_path: Path, format: export.Format
) -> None:
    done = {table: export.export(sample_warehouse, str(tmp_path), table, format=format) for table in TABLES}
    with sample_warehouse.connect() as c:
        articles = c.scalar(sa.text("SELECT count(*) FROM core.article"))
        mentions = c.scalar(sa.text("SELECT count(*) FROM core.mention"))
        undated = c.scalar(sa.text("SELECT count(*) FROM core.article_day WHERE published_on IS NULL"))
        stories = c.scalar(sa.text("SELECT count(DISTINCT story_id) FROM core.story_article"))
    assert (done["article"].rows, done["mention"].rows, done["story"].rows) == (articles, mentions, stories)
    assert undated > 0
    if format == "parquet":
        folder = tmp_path / "parquet" / "article"
        found = ds.dataset(folder, partitioning="hive").to_table()
        assert found.schema.field("published_on").type == pa.date32()
        assert {d or "undated" for d in found["published_on"].cast("string").to_pylist()} == set(
            found["day"].to_pylist()
        )
        frame = pandas.read_parquet(folder)
        assert (len(frame), int(frame["published_on"].isna().sum())) == (articles, undated)
        assert found.num_rows == articles
        assert found["published_on"].null_count == undated, "what is undated is nobody's day"
        assert "story_id" in found.column_names
        names = pq.read_table(next((tmp_path / "parquet" / "entity").rglob("*.parquet")))["names"].to_pylist()
        assert all(isinstance(n, list) and n for n in names)
    else:
        path = tmp_path / "csv" / "article" / f"day={UNDATED}" / "article.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == undated
        assert all(row["body"] and not row["published_on"] for row in rows)
        frame = pandas.concat(pandas.read_csv(p) for p in (tmp_path / "csv" / "mention").rglob("*.csv"))
        assert len(frame) == mentions
        assert frame["start_offset"].dtype.kind == "i"
        dated = next(p for p in (tmp_path / "csv" / "story").rglob("*.csv") if UNDATED not in str(p))
        row = pandas.read_csv(dated, parse_dates=["published_on"]).iloc[0]
        assert f"day={row['published_on']:%Y-%m-%d}" == dated.parent.name


def test_again_writes_nothing_and_a_change_only_its_day(sample_warehouse: sa.Engine, tmp_path: Path) -> None:
    export.export(sample_warehouse, str(tmp_path), "article")
    before = files(tmp_path)
    again = export.export(sample_warehouse, str(tmp_path), "article")
    assert (again.written, again.removed) == (0, 0)
    assert files(tmp_path) == before
    with sample_warehouse.begin() as c:
        day = c.scalar(sa.text("SELECT min(published_on) FROM core.article_day"))
        c.execute(
            sa.text(
                "UPDATE core.article SET headline = 'عنوان آخر' WHERE article_id ="
                " (SELECT article_id FROM core.article_day WHERE published_on = :day ORDER BY 1 LIMIT 1)"
            ),
            {"day": day},
        )
    changed = export.export(sample_warehouse, str(tmp_path), "article")
    assert changed.written == 1
    assert {name for name, file in files(tmp_path).items() if before[name] != file} == {
        f"parquet/article/day={day}/article.parquet",
        "parquet/article/_manifest.json",
    }


def test_what_is_damaged_or_gone_is_written_again(sample_warehouse: sa.Engine, tmp_path: Path) -> None:
    export.export(sample_warehouse, str(tmp_path), "entity")
    path = sorted(tmp_path.rglob("*.parquet"))[0]
    path.unlink()
    assert export.export(sample_warehouse, str(tmp_path), "entity").written == 1
    assert path.exists()


def test_a_day_that_lost_its_articles_loses_its_file(sample_warehouse: sa.Engine, tmp_path: Path) -> None:
    export.export(sample_warehouse, str(tmp_path), "mention")
    with sample_warehouse.begin() as c:
        day = c.scalar(sa.text("SELECT max(published_on) FROM core.article_day"))
        c.execute(
            sa.text(
                "UPDATE core.appearance SET published_on = NULL, published_precision = NULL, published_calendar = NULL,"
                " published_evidence = NULL WHERE published_on = :day"
            ),
            {"day": day},
        )
    publishing.publish(sample_warehouse)
    done = export.export(sample_warehouse, str(tmp_path), "mention")
    assert (done.written, done.removed) == (1, 1), "the undated partition takes them up"
    assert not (tmp_path / "parquet" / "mention" / f"day={day}" / "mention.parquet").exists()


def test_an_export_that_was_stopped_goes_on_where_it_was(
    sample_warehouse: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, written = export._write_parquet, []

    def write(connection: sa.Connection, table: export.Table, day: object, out: object) -> None:
        out.write(b"half of")  # type: ignore[attr-defined]
        if len(written) == 3:
            raise RuntimeError("the disk is full")
        out.seek(0)  # type: ignore[attr-defined]
        written.append(day)
        real(connection, table, day, out)  # type: ignore[arg-type]

    monkeypatch.setattr(export, "_write_parquet", write)
    with pytest.raises(RuntimeError, match="disk is full"):
        export.export(sample_warehouse, str(tmp_path), "article")
    assert len(list(tmp_path.rglob("*.parquet"))) == 3, "nothing half written is to be seen"
    assert not [p for p in tmp_path.rglob(".*") if p.is_file()]
    monkeypatch.setattr(export, "_write_parquet", real)
    done = export.export(sample_warehouse, str(tmp_path), "article")
    assert done.unchanged == 3
    manifest = json.loads((tmp_path / "parquet" / "article" / "_manifest.json").read_text())
    assert len(manifest) == done.written + 3


def test_what_a_killed_export_left_behind_goes_and_what_is_being_written_stays(
    sample_warehouse: sa.Engine, tmp_path: Path
) -> None:
    export.export(sample_warehouse, str(tmp_path), "story")
    whole = sorted(tmp_path.rglob("*.parquet"))[0]
    left, open_one = (whole.with_name(f".story.parquet.{n}") for n in ("left", "open"))
    for part in (left, open_one):
        part.write_bytes(b"half of")
    os.utime(left, (time.time() - 7200,) * 2)
    whole.unlink()
    assert export.export(sample_warehouse, str(tmp_path), "story").written == 1
    assert (left.exists(), open_one.exists()) == (False, True)
    assert len(pandas.read_parquet(tmp_path / "parquet" / "story")) > 0


def test_files_of_another_layout_go(sample_warehouse: sa.Engine, tmp_path: Path) -> None:
    export.export(sample_warehouse, str(tmp_path), "story")
    path = tmp_path / "parquet" / "story" / "_manifest.json"
    manifest = json.loads(path.read_text())
    for name, entry in manifest.items():
        entry["digest"] = "1" + entry["digest"][1:]
        old = path.parent / f"published_on={name}" / "story.parquet"
        old.parent.mkdir()
        old.write_bytes(b"")
    path.write_text(json.dumps(manifest))
    (path.parent / "published_on=2000-01-01").mkdir()
    (path.parent / "published_on=2000-01-01" / "story.parquet").write_bytes(b"unnoted by an export that was killed")
    assert export.export(sample_warehouse, str(tmp_path), "story").written == len(manifest)
    assert not [p for p in tmp_path.rglob("*.parquet") if "published_on" in str(p)]


def test_a_target_that_cannot_be_written_is_said_in_words(sample_warehouse: sa.Engine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingError, match="cannot be written"):
        export.export(sample_warehouse, str(tmp_path / "file"), "story")


def test_days_are_chosen_and_object_stores_taken(sample_warehouse: sa.Engine) -> None:
    import fsspec

    with sample_warehouse.connect() as c:
        day = c.scalar(sa.text("SELECT max(published_on) FROM core.article_day"))
    done = export.export(sample_warehouse, "memory://bucket/rasd", "story", since=day, until=day)
    assert done.written == 1
    paths = fsspec.filesystem("memory").find("/bucket/rasd")
    assert f"/bucket/rasd/parquet/story/day={day}/story.parquet" in paths
    assert export.export(sample_warehouse, "memory://bucket/rasd", "story", since=day, until=day).unchanged == 1
    fsspec.filesystem("memory").rm("/bucket", recursive=True)


def test_what_cannot_be_exported_is_refused(warehouse: sa.Engine, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="ends before it begins"):
        export.export(warehouse, str(tmp_path), "story", since=date(2024, 2, 1), until=date(2024, 1, 1))
    with pytest.raises(SettingError, match="none of"):
        export.tables(["articles"])
