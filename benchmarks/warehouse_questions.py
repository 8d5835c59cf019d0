"""What `benchmarks/warehouse.py` asks: every view and function of `report`, with the parameters that people use.

What is asked seldom is here as well: a view that no question names is one that nobody has measured, and a test says so.
"""

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
_PEOPLE = """
SELECT e.entity_key AS entity FROM core.entity_total AS t JOIN core.entity AS e USING (entity_id)
WHERE e.entity_type = 'PER' ORDER BY t.n_articles DESC LIMIT :n
"""
_PAIRS = """
SELECT a.entity_key AS entity, b.entity_key AS other
FROM core.entity_total AS t JOIN core.entity AS a USING (entity_id), core.entity AS b
WHERE b.entity_key = 'LOC/country/EG' ORDER BY t.n_articles DESC LIMIT :n
"""
_ARTICLES = "SELECT article_id AS id FROM core.article_day ORDER BY published_on DESC NULLS LAST LIMIT :n"
_PAGES = "SELECT page_id AS id FROM core.page LIMIT :n"
_STORIES = "SELECT DISTINCT story_id AS id FROM core.story_article WHERE story_id <> article_id LIMIT :n"
# Words of every day, rare ones, all of them or one of them, without one, by their beginning, in a row.
_SEARCHES = """
SELECT q FROM (VALUES ('السعودية'), ('مصر الاقتصاد'), ('"مجلس الامن"'), ('دبي OR ابوظبي'),
  ('الاسهم -السعودية'), ('كازاخ*'), ('شركة الاستثمار'), ('"الدوري الممتاز"'), ('لبنان'), ('الرئيس'),
  ('"في مصر"'), ('من السعودية'), ('"من قبل"'), ('"على ان"'), ('"قال ان"')) AS s (q) LIMIT :n
"""
_PHRASES = """
SELECT q FROM (VALUES ('"في مصر"'), ('"من قبل"'), ('"على ان"'), ('"قال ان"'), ('"من في"'), ('"ان هذا"'), ('"الى ان"'))
  AS s (q) LIMIT :n
"""
_NARROWED = f"""
SELECT s.q, d.day, o.outlet FROM ({_SEARCHES}) AS s
CROSS JOIN LATERAL (SELECT max(published_on) - 400 AS day FROM core.press_day) AS d
CROSS JOIN LATERAL (SELECT outlet FROM core.outlet_total WHERE outlet IS NOT NULL ORDER BY n_articles DESC LIMIT 1) AS o
"""
_WATCHED = """
SELECT kind, subject FROM (VALUES ('phrase', 'مجلس الامن'), ('query', 'مصر -السعودية'), ('entity', 'LOC/country/EG'),
  ('outlet', (SELECT max(outlet) FROM core.outlet_total))) AS w (kind, subject) LIMIT :n
"""
_NOTHING = "SELECT 1 LIMIT least(1, :n)"
_OUTLETS = (
    "SELECT outlet, published_on AS day FROM core.outlet_day WHERE outlet IS NOT NULL ORDER BY 2 DESC, 1 LIMIT :n"
)
_MONTH = "CAST(:day AS date) - 29, CAST(:day AS date)"


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and one that gives samples of its parameters (at most `:n` of them)."""

    name: str
    sql: str
    samples: str = _NOTHING
    goal_ms: float = SHORT


_SURPRISING = "ORDER BY score DESC NULLS LAST LIMIT 20"
_OF_ENTITY = "WHERE entity_id = :id"
QUESTIONS: tuple[Question, ...] = (
    Question("search, best 20", "SELECT * FROM report.search(:q)", _SEARCHES),
    Question("search, phrases of everyday words", "SELECT * FROM report.search(:q)", _PHRASES),
    Question("search, of an outlet", "SELECT * FROM report.search(:q, outlet => :outlet)", _NARROWED),
    Question("search, until a day", "SELECT * FROM report.search(:q, NULL, :day)", _NARROWED),
    Question("search, by day of a month", "SELECT * FROM report.search_day(:q)", _SEARCHES),
    Question(
        "search, as a condition",
        "SELECT count(*) FROM core.article_search"
        " WHERE tokens @@ (report.search_query(:q) && report.search_period(:day, :day))",
        _NARROWED,
    ),
    Question("most named of all", "SELECT * FROM report.entity ORDER BY n_articles DESC, name LIMIT 10"),
    Question("entities of a day", "SELECT * FROM report.entity_day WHERE published_on = :day", _DAYS),
    Question("an entity by day", f"SELECT * FROM report.entity_day {_OF_ENTITY}", _ENTITIES),
    Question("an entity, its names and counts", f"SELECT * FROM report.entity {_OF_ENTITY}", _ENTITIES),
    Question("its spellings", f"SELECT * FROM report.entity_spelling {_OF_ENTITY}", _ENTITIES),
    Question("why they were joined", f"SELECT * FROM report.entity_join {_OF_ENTITY}", _ENTITIES),
    Question("all of an entity", "SELECT * FROM report.dossier(:entity)", _ENTITIES),
    Question(
        "newest texts that name it",
        f"SELECT * FROM report.entity_article {_OF_ENTITY} ORDER BY published_on DESC NULLS LAST LIMIT 50",
        _ENTITIES,
    ),
    Question("what a person is quoted as saying", "SELECT * FROM report.quoted(:entity)", _PEOPLE),
    Question("its companions of 30 days", "SELECT * FROM report.companion(:entity)", _ENTITIES, LONG),
    Question(
        "a pair by day of a month",
        "SELECT * FROM report.companion_day(:entity, :other, (SELECT max(published_on) - 29 FROM core.press_day))",
        _PAIRS,
    ),
    Question("a pair by day of all time", "SELECT * FROM report.companion_day(:entity, :other)", _PAIRS, LONG),
    Question("trend of the newest day", f"SELECT * FROM report.trend_today {_SURPRISING}"),
    Question("trend of a day", f"SELECT * FROM report.entity_trend(:day, :day) {_SURPRISING}", _DAYS),
    Question("beyond chance on a day", "SELECT * FROM report.entity_rising(:day, :day)", _DAYS),
    Question("trend of a week", f"SELECT * FROM report.trend_week {_SURPRISING}", goal_ms=LONG),
    Question("trend of a month", f"SELECT * FROM report.entity_trend({_MONTH}) {_SURPRISING}", _DAYS, LONG),
    Question("outlets of a day against usual", "SELECT * FROM report.outlet_trend(:day, :day)", _DAYS),
    Question("outlets of a month against usual", f"SELECT * FROM report.outlet_trend({_MONTH})", _DAYS, LONG),
    Question("silent outlets", "SELECT * FROM report.outlet_silence"),
    Question("an outlet's days", "SELECT * FROM report.outlet_day WHERE outlet_id = :outlet", _OUTLETS),
    Question("all by day", "SELECT * FROM report.press_day"),
    Question("undated texts by outlet", "SELECT * FROM report.undated"),
    Question("an article", "SELECT * FROM report.article WHERE article_id = :id", _ARTICLES),
    Question("its mentions", "SELECT * FROM report.mention WHERE article_id = :id", _ARTICLES),
    Question("its adjectives", "SELECT * FROM report.demonym WHERE article_id = :id", _ARTICLES),
    Question("its open names", "SELECT * FROM report.ambiguous_mention WHERE article_id = :id", _ARTICLES),
    Question("its quotations", "SELECT * FROM report.quotation WHERE article_id = :id", _ARTICLES),
    Question("where it stands", "SELECT * FROM report.page_appearance WHERE article_id = :id", _ARTICLES),
    Question("its publishers", "SELECT * FROM report.article_publisher(:id)", _ARTICLES),
    Question("a page's segments", "SELECT * FROM report.page_segment WHERE page_id = :id", _PAGES),
    Question("a story", "SELECT * FROM report.story WHERE story_id = :id", _STORIES),
    Question("stories of a week, told most", "SELECT * FROM report.story_told(CAST(:day AS date) - 6, :day)", _DAYS),
    Question("a story's versions", "SELECT * FROM report.story_version WHERE story_id = :id", _STORIES),
    Question("what they changed", "SELECT * FROM report.story_version_change WHERE story_id = :id", _STORIES),
    Question("newest runs", "SELECT * FROM report.run_books ORDER BY started_at DESC LIMIT 50"),
    Question("how the system is doing", "SELECT * FROM report.health"),
    Question("what the checks found", "SELECT * FROM report.quality WHERE is_latest"),
    Question("what is held", "SELECT * FROM report.quarantine ORDER BY quarantined_at DESC LIMIT 50"),
    Question("doubtful pages", "SELECT * FROM report.doubtful_page ORDER BY confidence LIMIT 20"),
    Question("what readers found wrong", "SELECT * FROM report.review ORDER BY review_id DESC LIMIT 50"),
    Question("watches", "SELECT * FROM report.watch"),
    Question("what they found", "SELECT * FROM report.watch_hit ORDER BY found_at DESC LIMIT 50"),
    Question("alarms of a day", "SELECT * FROM report.watch_alarm(:day)", _DAYS),
    Question("a watch by day", "SELECT * FROM report.watch_day((SELECT min(watch_id) FROM core.watch))"),
    Question("a watch on trial", "SELECT * FROM report.watch_trial(:kind, :subject)", _WATCHED),
    Question("a watch on trial, by day", "SELECT * FROM report.watch_trial_day(:kind, :subject)", _WATCHED),
    Question("what is wrong with a watch", "SELECT report.watch_problem(:kind, :subject)", _WATCHED),
)
# Parts of the above, asked through them.
WITHIN = frozenset(
    """entity_find erfc_fit normal_tail surprise trend_score watch_outlet watch_query search_fold search_found
    search_fragment search_keys search_parse search_phrase search_words""".split()  # noqa: SIM905 -- a list
)
