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


_BY = "— بلدية الوادي (@alwadi_city)"
_SAID = "الجسر مفتوح أمام الجميع منذ الفجر"


def test_a_post_begins_behind_the_words_that_announce_it() -> None:
    for colon in (":", ": "):
        post = f"{_SAID} {_BY} March 3, 2024"
        told = "وكتبت البلدية على حسابها في منصة إكس:"
        assert _posts(f"{told}{colon[1:]}{post}") == ([post], f"{_FIRST}\n{told}\n{_LAST}")


def test_sentences_that_go_on_with_the_story_stand_before_the_post_on_their_line() -> None:
    post = f"{_SAID}. والدخول مجاني. {_BY} ٣ مارس ٢٠٢٤"
    told = "وقال رئيس البلدية إن المشاة يعبرون منذ الفجر. وأضاف أن العبور مجاني."
    assert _posts(f"{told} {post}") == ([post], f"{_FIRST}\n{told}\n{_LAST}")


def test_a_post_in_a_latin_script_begins_where_the_arabic_ends() -> None:
    said = "The bridge over the valley has been open to everybody since this morning. #الوادي pic.x.com/AbC"
    post = f"{said} {_BY} March 3, 2024"
    told = "وقال رئيس البلدية إن المشاة يعبرون الجسر الجديد منذ الفجر:"
    assert _posts(f"{told} {post}") == ([post], f"{_FIRST}\n{told}\n{_LAST}")


def test_days_of_posts_in_every_form_end_them() -> None:
    days = "03.03.2024", "10:32 PM · Mar 3, 2024", "March 3, 2024, 10:32 PM", "3 mars 2024", "22 شعبان 1445"
    for day in days:
        post = f"{_SAID} {_BY} {day}"
        assert _posts(f"{post}\u200f") == ([post], f"{_FIRST}\n{_LAST}"), day
        article = read("\n".join((_TITLE, _FIRST, post + _LAST))).articles[0]
        assert article.tweets[0].posted and article.body == f"{_FIRST}\n{_LAST}", day


def test_who_posted_stands_below_the_words_without_a_dash_or_with_one_by_its_name() -> None:
    for by in (_BY.replace("— ", ""), _BY.replace("—", "&mdash;"), _BY.replace("@", "\u200e@")):
        post = f"{_SAID}\n{by} March 3, 2024"
        assert _posts(post) == ([post], f"{_FIRST}\n{_LAST}")
    # Above the text it is a writer with his account.
    assert not read("\n".join((_TITLE, "سعيد الوادي (@said_w) 3 مارس 2024", _FIRST, _LAST))).articles[0].tweets
