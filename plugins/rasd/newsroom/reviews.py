"""What readers say is wrong: written down with the words it is about, so that the next evaluation can use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from rasd.errors import SettingError
from rasd.warehouse.schema import REVIEW_ANSWERS, REVIEW_SUBJECTS

if TYPE_CHECKING:
    pass

_LONGEST_NOTE = 2000


def parse(form: Mapping[str, str], article_id: UUID, reviewer: str) -> dict[str, Any]:
    """Return a review from the fields of its form.

    Raises:
        SettingError: if a field is missing or says what cannot be.
    """
    subject = form.get("subject", "")
    answer = form.get("answer", "")
    if subject not in REVIEW_SUBJECTS or answer not in REVIEW_ANSWERS[subject]:
        raise SettingError("the review does not say what is wrong", do="Choose what it should be.")
    try:
        return {
            "subject": subject,
            "page_id": UUID(form["page_id"]),
            "article_id": article_id,
            "part": form["part"],
            "start": int(form["start"]),
            "end": int(form["end"]),
            "answer": answer,
            "note": form.get("note", "").strip()[:_LONGEST_NOTE] or None,
            "by": reviewer,
        }
    except (KeyError, ValueError) as error:
        raise SettingError("the review does not say what it is about", do="Load the page again.") from error


def write(connection: sa.Connection, review: Mapping[str, Any]) -> None:
    """Store a review with what the machine had said there.

    Raises:
        SettingError: if nothing is there any more: the page was read again in the meantime.
    """
    statement = _SEGMENT if review["subject"] == "segment" else _MENTION
    if connection.execute(sa.text(statement), dict(review)).rowcount == 0:
        raise SettingError("what you reviewed is no longer there", do="Load the page again: it has been read anew.")


# The words and what was said of them are taken from the warehouse, never from the form.
_SEGMENT = """
INSERT INTO core.review
  (subject, page_id, article_id, part, start_offset, end_offset, words, said, said_by, answer, note, reviewed_by)
SELECT 'segment', s.page_id, :article_id, 'page', s.start_offset, s.end_offset,
  substr(p.text, s.start_offset + 1, s.end_offset - s.start_offset), s.kind, s.reader_version || ' ' || s.rule,
  :answer, :note, :by
FROM core.segment AS s
JOIN core.page AS p USING (page_id)
WHERE s.page_id = :page_id AND s.start_offset = :start AND s.end_offset = :end AND :part = 'page'
"""
_MENTION = """
INSERT INTO core.review
  (subject, page_id, article_id, part, start_offset, end_offset, words, said, said_by, answer, note, reviewed_by)
SELECT 'mention', :page_id, m.article_id, m.part, m.start_offset, m.end_offset, m.surface,
  e.entity_key, m.recogniser_version || ' ' || m.link_rule, :answer, :note, :by
FROM core.mention AS m
JOIN core.entity AS e USING (entity_id)
WHERE m.article_id = :article_id AND m.part = :part AND m.start_offset = :start AND m.end_offset = :end
"""
