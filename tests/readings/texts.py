"""Texts in which quotations are easily mistaken for others, written for these tests."""

from pathlib import Path

ESSAYS = Path(__file__).resolve().parents[2] / "demo" / "essays"

SIBLINGS = """
The first of the four harbours is at Vellin. It was dredged in 1931, it was closed to sail in
1948, and its lighthouse is kept by a family of the name of Orre. The council paid for the new
pier, and the fishermen have not forgiven it.

The second of the four harbours is at Kerrow. It was dredged in 1934, it was closed to sail in
1952, and its lighthouse is kept by a family of the name of Basset. The council paid for the new
crane, and the fishermen have not forgiven it.

The third of the four harbours is at Sand. It was dredged in 1929, it was closed to sail in
1950, and its lighthouse is kept by a family of the name of Linus. The council paid for the new
road, and the fishermen have not forgiven it.

The fourth of the four harbours is at Oldmouth. It was dredged in 1940, it was closed to sail in
1961, and its lighthouse is kept by nobody at all. The council paid for nothing, and the
fishermen have forgiven it everything.

None of this would matter if the harbours had been built by one hand. They were not. Each has
its own walls, its own debts and its own idea of what justice would be, and a visitor who has
seen one of them has seen one of them.

What the four have in common is the tide, which comes twice a day and is not kept by anybody.
"""

REFRAIN = """
When the mill closed, the town held a meeting in the chapel, and those who spoke first spoke
longest. And still the river ran under the bridge. Nobody voted.

In the second year the school lost its upper floor to the damp, and the children were taught in
shifts, mornings for the small ones. And still the river ran under the bridge. The teacher wrote
to the ministry.

The ministry answered in the third year. It regretted the damp, it praised the teacher, and it
asked for a form to be filled in by the owner of the mill. And still the river ran under the
bridge.

The owner could not be found. Some said that he had gone abroad with a singer, and some that he
had never been more than a brass plate. Justice was spoken of in the inn, and justice was put
off. And still the river ran under the bridge.

Then came the flood, and for one night the river did not run under the bridge but over it. In
the morning people stood on both banks and looked at each other as if they had been introduced.

It is from that morning that the town counts its years. Justice has been done since, in small
amounts, mostly by accident.
"""

ITEMS = """
The committee asked each delegation for one thing that it could not do without, and wrote the
answers down as they came.

A bridge that carries a loaded cart.

A bridge that carries a loaded train.

A well that does not freeze in winter.

A well that does not dry up in summer.

A doctor who visits once a month.

A doctor who visits once a week, and a nurse who stays.

A road to the coast.

A road to the capital.

The secretary noticed that nobody had asked for money, and put this in the minutes, where it was
taken for a joke.
"""

NAMES = """
The register of the ferry company was kept in one hand for thirty years. It gives the name, the
trade, the year and the fare.

Anders Holm, cooper, 1881, two crowns; Britta Holm, weaver, 1881, two crowns; Carl Lund, cooper,
1882, three crowns.

Anders Lund, farrier, 1882, two crowns; Doris Lund, weaver, 1883, three crowns; Erik Holm,
farrier, 1883, two crowns.

Britta Lund, cooper, 1884, three crowns; Carl Holm, weaver, 1884, two crowns; Frida Berg,
cooper, 1885, two crowns.

Anders Berg, weaver, 1885, three crowns; Gustav Berg, farrier, 1886, two crowns; Hanna Lund,
cooper, 1886, three crowns.

It is the fares that tell the story. Two crowns were charged to those who came back, and three
to those who did not mean to.
"""

CHINESE = """
港口在城的东边,每天清晨都有渔船回来。老人们坐在石阶上看海,谁也不说话。孩子们在仓库之间奔跑,把贝壳当作钱币来用。

有一年冬天,海水结了薄冰,船只不能出港。镇上的人第一次发现,没有鱼的日子也可以过得很慢。他们开始互相拜访,谈论从前的事情。

后来修了铁路,年轻人都坐火车走了。港口还在,只是石阶上的人越来越少。有人说这是进步,有人说这是遗忘,其实两种说法都有道理。

今天的港口成了博物馆。墙上挂着旧照片,照片里的人看着我们,好像在问:你们究竟得到了什么?
"""

TURKISH = """
Işıklar söndüğünde köyün çeşmesi hâlâ akıyordu. Öğretmen, sınıfın penceresinden dağa bakıp
çocuklara “Kışı kim beklemiyor?” diye sordu. Kimse cevap vermedi; çünkü kışı herkes bekliyordu.

Ertesi gün yağmur başladı. Değirmenci ırmağın kıyısına taş taşıdı, taşların üstüne çuval koydu,
çuvalların üstüne de eski kapısını yatırdı. Irmak kapıyı götürdü ama değirmeni bıraktı.

O yıldan sonra köyde kapılar iki kat yapıldı. Bir katı yağmur için, bir katı da misafir için;
hangisinin önce geleceği bilinmezdi.
"""

ARABIC = """
في آخر الشارع مكتبة صغيرة لا يعرفها إلا الجيران. صاحبها رجل قليل الكلام، يبيع الكتب القديمة
ويقرأ الجديدة قبل أن يبيعها.

قال لي ذات مساء إن الكتاب الذي لا يعود إلى صاحبه يجد صاحبا آخر. لم أفهم ما أراد، ثم فهمت بعد
سنوات حين وجدت اسمي في كتاب ليس لي.

أغلقت المكتبة أبوابها في الصيف الماضي. بقيت اللافتة مكانها، وبقي الجيران يقرؤونها كلما مروا،
كأنها آخر صفحة من كتاب طويل.
"""


def paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.strip().split("\n\n")]


def essays() -> dict[str, list[str]]:
    """The essays of the demonstration seminar, their paragraphs without notes and headings."""
    found = {}
    for path in sorted(ESSAYS.glob("*.md")):
        parts = paragraphs(path.read_text(encoding="utf-8"))
        found[path.stem] = [part for part in parts if len(part) > 120 and part[0] not in "[*\\>#"]
    return found


ADVERSARIAL = {
    "siblings": paragraphs(SIBLINGS),
    "refrain": paragraphs(REFRAIN),
    "items": paragraphs(ITEMS),
    "names": paragraphs(NAMES),
}
OTHER_SCRIPTS = {
    "chinese": paragraphs(CHINESE),
    "turkish": paragraphs(TURKISH),
    "arabic": paragraphs(ARABIC),
}
