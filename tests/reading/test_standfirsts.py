"""Whether the first paragraph of a text is its standfirst, by what the text goes on with."""

from __future__ import annotations

import pytest

from rasd.reading.lines import split_lines
from rasd.reading.reader import read
from rasd.reading.standfirsts import SURELY_TEXT, could_be, is_standfirst

STANDFIRSTS = {
    "a scene and a name below": """سجادة من بقايا القماش تدفئ مدرسة
نساء حي فقير يجمعن قصاصات المصانع وينسجن منها بسطا. كيف صارت القصاصات رزقا؟
عند السابعة صباحا تفتح سعاد المنصوري باب القبو، وتفرز الأكياس السود التي وصلت ليلا من ثلاثة مصانع للقمصان، ثم تنادي جارتها التي تسكن فوق الورشة لتحمل معها أثقل كيس.
تقول المرأة إن القصاصات كانت تُحرق خلف السوق، وإن أول بساط نسجته بيع بثمن كيس طحين.
وتعمل معها اليوم إحدى عشرة امرأة من نساء الحي، لكل واحدة نول من خشب الصناديق ينسجن عليه بسطا.
القصاصات تأتي من المصانع بلا ثمن، والبسط تباع في المعارض.""",  # noqa: E501
    "told again in the same words": """مدينة المصابيح المطفأة تنتظر زوارها
تطفئ بلدة جبلية مصابيح الشوارع كل ليلة ليرى الزوار النجوم، فهل يكفي الظلام رزقا؟
بدأت بلدة جبلية في الشمال تطفئ مصابيح الشوارع كل ليلة بعد التاسعة، منذ الأربعاء، بعد أن وافق مجلسها على اقتراح من معلم متقاعد يملك منظارا قديما ويريد أن يرى الزوار النجوم.
جمع المعلم في أسبوع واحد تواقيع ثلاثمئة بيت على ورقة علقها في الفرن، وكان أصحاب المتاجر آخر من وقع.
خصصت البلدية حافلة تنقل الزوار إلى أعلى التلة بثمن رمزي.
نام أصحاب النزل الثلاثة على حجوزات تكفي حتى الربيع.""",  # noqa: E501
    "of the piece itself": """الأبواب تغيب والأقفال باقية
تباع بالوزن في سوق قديم، وبعضها أثقل من أصحابها. حكاية مفتاح من جيب مهاجر إلى ميزان بائع خردة، وكيف يعود؟
عند مدخل السوق يجلس كمال البنا خلف صندوق خشبي، ويرفع كل مفتاح بطول كفه ويقرأ ما نقش عليه، ثم يضعه على الميزان أمام زبون مهاجر يبحث عن شيء لا يعرف اسمه منذ الجمعة.
يشتري الرجل المفاتيح من ورثة لا يعرفون أبوابها، ويبيعها لبائع خردة يصنع منها مقابض للأبواب.
في الصندوق أربعمئة قطعة، وفي دفتره أسماء من باعوها.
بين الأسماء معلم وبحار وقاض.
لا يبيع مفتاحا واحدا، هو مفتاح بيته.""",  # noqa: E501
}  # fmt: skip
TEXTS = {
    "a lead that is gone on with": """المصرف الزراعي يؤجل أقساط الصيادين
قرر المصرف الزراعي، الأحد، تأجيل أقساط قروض الصيادين ستة أشهر بعد العاصفة التي حطمت قواربهم.
وقال مدير المصرف إن القرار يشمل ألفين وثلاثمئة صياد في أربعة موانئ صغيرة.
وأضاف أن من دفع قسط الشهر الماضي يستعيده في حسابه خلال أسبوع.""",
    "a scene that goes on": """دكان الساعات
لا يلتفت صبحي إلى الباب حين يدخل زبون. عيناه في عدسة، وأصابعه في ساعة بحجم حبة فول.
يرفع صبحي رأسه حين ينتهي، ويسأل الزبون عن أبيه قبل أن يسأله عن الساعة.
ورث الدكان عن عمه، وورث معه درجا لا يعرف أصحاب ما فيه.""",
    "a lead and what follows from it": """حريق في مخزن للورق بالميناء
اندلع حريق كبير، فجر اليوم الخميس، في مخزن للورق داخل الميناء القديم، ولم يسفر عن إصابات.
هرعت إلى المكان تسع سيارات إطفاء، واستمرت عملية التبريد حتى الظهر.
وفتحت النيابة تحقيقا في أسباب الحريق.""",
    "a question alone": """لقاء مع صانع القوارب
متى صنعت أول قارب بيدك؟
كنت في الرابعة عشرة، وكان القارب أثقل من البحر فغرق قبل أن أصل إلى الصخرة.
ومتى بعت أول واحد؟""",
    "a point": """ما نعرفه عن الجسر
- يفتتح الجسر الجديد يوم السبت أمام السيارات الصغيرة وحدها.
- تمر فوقه الحافلات بعد شهر من الافتتاح.
- يدفع سائق الشاحنة رسما.""",
}  # fmt: skip


@pytest.mark.parametrize("name", STANDFIRSTS)
def test_a_standfirst_is_known_by_the_paragraph_below(name: str) -> None:
    title, line, *below = split_lines(STANDFIRSTS[name])
    assert is_standfirst(line, below, title, 0.985)


@pytest.mark.parametrize("name", TEXTS)
def test_a_lead_stays(name: str) -> None:
    title, line, *below = split_lines(TEXTS[name])
    assert not is_standfirst(line, below, title, 0.985)
    assert not is_standfirst(below[0], below[1:], title, 0.985)


def test_a_line_that_is_surely_of_the_text_is_not_asked() -> None:
    title, line, *below = split_lines(STANDFIRSTS["a scene and a name below"])
    assert not is_standfirst(line, below, title, (1 + SURELY_TEXT) / 2)


def test_nothing_below_has_no_standfirst() -> None:
    (line,) = split_lines("جمع أهالي الحي ثمن المضخة في صناديق وُضعت عند الخبازين.")
    assert not could_be(line, [])


def test_a_page_gives_its_standfirst_to_the_facts_of_the_article() -> None:
    page = STANDFIRSTS["of the piece itself"].split("\n")
    reading = read("\n".join([page[0], "14.03.2023", *page[1:]]))
    assert reading.articles[0].body == "\n".join(page[2:])
    told = [segment for segment in reading.segments if segment.kind == "metadata" and segment.article == 0]
    assert told
