"""What `benchmarks/warehouse.py` asks: the report views and functions, with the parameters that people use."""

from __future__ import annotations

from dataclasses import dataclass

SHORT, LONG = 200.0, 2000.0  # the goals, in milliseconds

_DAYS = "SELECT published_on AS day FROM core.press_day WHERE published_on IS NOT NULL ORDER BY 1 DESC LIMIT :n"
# Entities that everybody names, and such that hardly anybody does.
_ENTITIES = """
(SELECT e.entity_key AS entity, e.entity_id AS id FROM core.entity_total AS t JOIN core.entity AS e USING (entity_id)
 ORDER BY t.n_articles DESC LIMIT :n / 2)
UNION ALL
(SELECT e.entity_key, e.entity_id FROM core.entity_total AS t JOIN core.entity AS e USING (entity_id)
 WHERE t.n_articles BETWEEN 20 AND 200 ORDER BY e.entity_id LIMIT :n / 2)
"""
_PAIRS = """
SELECT a.entity_key AS entity, b.entity_key AS other
FROM core.entity_total AS t JOIN core.entity AS a USING (entity_id), core.entity AS b
WHERE b.entity_key = 'LOC/country/EG' ORDER BY t.n_articles DESC LIMIT :n
"""
_ARTICLES = "SELECT article_id AS id FROM core.article_day ORDER BY published_on DESC NULLS LAST LIMIT :n"
_STORIES = "SELECT DISTINCT story_id AS id FROM core.story_article WHERE story_id <> article_id LIMIT :n"
_SEARCHES = """
SELECT q FROM (VALUES ('السعودية'), ('مصر الاقتصاد'), ('"مجلس الامن"'), ('دبي OR ابوظبي'),
  ('الاسهم -السعودية'), ('كازاخ*'), ('شركة الاستثمار'), ('"الدوري الممتاز"'), ('لبنان'), ('الرئيس')) AS s (q) LIMIT :n
"""
_NOTHING = "SELECT 1 LIMIT least(1, :n)"
_OUTLETS = (
    "SELECT outlet, published_on AS day FROM core.outlet_day WHERE outlet IS NOT NULL ORDER BY 2 DESC, 1 LIMIT :n"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and one that gives samples of its parameters (at most `:n` of them)."""

    name: str
    sql: str
    samples: str
    goal_ms: float = SHORT


_OF_ENTITY = "WHERE entity_id = :id"
QUESTIONS: tuple[Question, ...] = (
    Question("search, best 20", "SELECT * FROM report.search(:q)", _SEARCHES),
    Question("search, by day of a month", "SELECT * FROM report.search_day(:q)", _SEARCHES),
    Question("entities of a day", "SELECT * FROM report.entity_day WHERE published_on = :day", _DAYS),
    Question("an entity by day", f"SELECT * FROM report.entity_day {_OF_ENTITY}", _ENTITIES),
    Question("an entity, its names and counts", f"SELECT * FROM report.entity {_OF_ENTITY}", _ENTITIES),
    Question("all of an entity", "SELECT * FROM report.dossier(:entity)", _ENTITIES),
    Question(
        "newest texts that name it",
        f"SELECT * FROM report.entity_article {_OF_ENTITY} ORDER BY published_on DESC NULLS LAST LIMIT 50",
        _ENTITIES,
    ),
    Question("its companions of 30 days", "SELECT * FROM report.companion(:entity)", _ENTITIES, LONG),
    Question("a pair by day", "SELECT * FROM report.companion_day(:entity, :other, current_date - 900)", _PAIRS),
    Question("trend of a day", "SELECT * FROM report.entity_trend(:day, :day)", _DAYS),
    Question(
        "trend of a month",
        "SELECT * FROM report.entity_trend(CAST(:day AS date) - 29, CAST(:day AS date))",
        _DAYS,
        LONG,
    ),
    Question("outlets of a day against usual", "SELECT * FROM report.outlet_trend(:day, :day)", _DAYS),
    Question("silent outlets", "SELECT * FROM report.outlet_silence", _NOTHING),
    Question("an outlet's days", "SELECT * FROM report.outlet_day WHERE outlet_id = :outlet", _OUTLETS),
    Question("all by day", "SELECT * FROM report.press_day", _NOTHING),
    Question("undated texts by outlet", "SELECT * FROM report.undated", _NOTHING),
    Question("an article", "SELECT * FROM report.article WHERE article_id = :id", _ARTICLES),
    Question("its mentions", "SELECT * FROM report.mention WHERE article_id = :id", _ARTICLES),
    Question("its quotations", "SELECT * FROM report.quotation WHERE article_id = :id", _ARTICLES),
    Question("where it stands", "SELECT * FROM report.page_appearance WHERE article_id = :id", _ARTICLES),
    Question("a story", "SELECT * FROM report.story WHERE story_id = :id", _STORIES),
    Question("its versions", "SELECT * FROM report.story_version WHERE story_id = :id", _STORIES),
    Question("newest runs", "SELECT * FROM report.run_books ORDER BY started_at DESC LIMIT 50", _NOTHING),
    Question("watches", "SELECT * FROM report.watch", _NOTHING),
    Question("alarms of a day", "SELECT * FROM report.watch_alarm(:day)", _DAYS),
)
