"""Posts of networks that stand in a page with their words, or in a frame of their own."""

from __future__ import annotations

from rasd.reading.reader import read

_TITLE = "أهالي الوادي يعيدون بناء جسر الحجر بعد عامين من السيول"
_FIRST = "أنهى أهالي قرى الوادي بناء جسر الحجر الذي جرفته السيول قبل عامين، بعد أن جمعوا كلفته من تبرعات صغيرة."
_LAST = "وأضاف المشرف أن الجسر سيفتح أمام المشاة أولا، على أن تعبره السيارات بعد أن تفحصه لجنة من مهندسي البلدية."


def _posts(*lines: str) -> tuple[list[str], str]:
    page = "\n".join((_TITLE, "4 مارس 2024", _FIRST, *lines, _LAST))
    article = read(page).articles[0]
    return [page[post.start : post.end] for post in article.tweets], article.body


def test_the_words_above_who_posted_them_are_the_post() -> None:
    said = "شاهدوا الجسر صباح اليوم #الوادي", "", "Posted by بلدية الوادي on Sunday, March 3, 2024"
    assert _posts(*said) == (["\n".join(said)], f"{_FIRST}\n{_LAST}")


def test_a_sentence_of_the_article_above_a_post_is_no_part_of_it() -> None:
    said = "نشرت بواسطة بلدية الوادي في الأحد، 3 مارس 2024"
    assert _posts(said) == ([said], f"{_FIRST}\n{_LAST}")


def test_a_frame_of_a_network_is_one_post_from_its_head_to_its_counters() -> None:
    frame = "View on Facebook", "صوت الوادي · February 9 at 8:41 PM", "شوفو الجسر كيفاش ولّى", "412 · 63 Comments"
    assert _posts(*frame) == (["\n".join(frame)], f"{_FIRST}\n{_LAST}")


def test_a_post_sent_on_keeps_whose_it_is_and_its_picture_s_address() -> None:
    said = "RT @alwadi_city: الجسر مفتوح منذ الفجر https://t.co/AbC123xyz9"
    (post,) = read("\n".join((_TITLE, _FIRST, said, _LAST))).articles[0].tweets
    assert (post.handle, post.url) == ("alwadi_city", "https://t.co/AbC123xyz9")
    said = "شاهدوا الجسر صباح اليوم pic.x.com/AbC123xyz9— بلدية الوادي (@alwadi_city) March 3, 2024"
    (post,) = read("\n".join((_TITLE, _FIRST, said + _LAST))).articles[0].tweets
    assert (post.author, post.handle, post.url) == ("بلدية الوادي", "alwadi_city", "pic.x.com/AbC123xyz9")


def test_who_put_the_page_up_is_no_post() -> None:
    page = "\n".join((_TITLE, "Posted by admin on October 7, 2024", _FIRST, _LAST))
    article = read(page).articles[0]
    assert (article.tweets, article.published and article.published.raw) == ((), "October 7, 2024")
