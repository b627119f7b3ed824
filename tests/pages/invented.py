"""Results of an invented city, in the shape that the chain hands to the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aport.city.schema import units

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)> & "quotes"'
LONG = {
    "kk": "Қаланың шеткі аудандарындағы жерасты суларының деңгейін бақылау және су басу қаупін азайту " * 4,
    "ru": "Наблюдение за уровнем подземных вод в окраинных районах города и снижение угрозы подтопления " * 4,
    "en": "Watching the level of groundwater in the outer districts of the city and lowering the risk of floods " * 4,
}


def names(kk: str, ru: str, en: str) -> dict[str, str]:
    """Put one name in three languages together."""
    return {"kk": kk, "ru": ru, "en": en}


def quantity(value: float, unit: str, period: str, **more: Any) -> dict[str, Any]:
    """Write a quantity; the period is a year or two dates with a slash."""
    start, _, end = period.partition("/")
    year = len(start) == 4
    made: dict[str, Any] = {
        "value": value,
        "low": None,
        "high": None,
        "unit": unit,
        "symbol": units()[unit].symbol,
        "kind": "measured",
        "basis": "statistics",
        "comparator": "eq",
        "start": dt.date(int(start), 1, 1) if year else dt.date.fromisoformat(start),
        "price_year": None,
        "end": dt.date(int(start), 12, 31) if year else dt.date.fromisoformat(end or start),
        "source": "bureau-2024",
        "observation": f"obs-{unit.replace('/', '-').lower()}-{start}",
    }
    return {**made, **more}


def task(task_id: str, name: dict[str, str], **more: Any) -> dict[str, Any]:
    """Write a register entry; a task is unknown and without figures where nothing more is given."""
    made: dict[str, Any] = {
        "task": task_id,
        "document": "tobylgy-2019",
        "role": "task",
        "topic": "schools",
        "kind": "order",
        "scope": "object",
        "name": name,
        "addressee": names("қала әкімдігі", "акимат города", "city administration"),
        "deadline": None,
        "deadline_date": None,
        "places": [],
        "quotes": [],
    }
    standing: dict[str, Any] = {
        "state": "unknown",
        "reason_key": "no-indicator",
        "reason_values": {},
        "indicator": None,
        "place_name": names("Тобылғы", "Тобылгы", "Tobylgy") if "indicator" in more else None,
        "baseline": None,
        "latest": None,
        "reference": None,
        "reference_kind": "none",
        "standard_name": None,
        "target": None,
        "gap": None,
        "closed": None,
        "age_days": 800 if "latest" in more else None,
        "tolerance": None,
        "series": [],
        "other_indicators": [],
    }
    return {**made, **(standing if more.get("role", "task") == "task" else {}), **more}


def quotes(sentence: int, **words: str) -> list[dict[str, Any]]:
    """Write the quote of an entry in each language given."""
    return [
        {"document": "tobylgy-2019", "language": code, "number": 1, "quote": quote, "sentence": sentence}
        for code, quote in words.items()
    ]


def indicator(slug: str, unit: str, direction: str, name: dict[str, str], form: str = "mean") -> dict[str, Any]:
    """Write the indicator of a task."""
    return {
        "indicator": slug,
        "name": name,
        "definition": names("Жыл сайын жарияланатын дерек", "Ежегодно публикуемые данные", "As published each year"),
        "formula": names("Есептік дерек", "Отчётные данные", "As reported"),
        "unit": unit,
        "symbol": units()[unit].symbol,
        "direction": direction,
        "form": form,
        "standard_code": "ISO 37120 8.1" if unit == "ug/m3" else None,
    }


def _measured_tasks() -> list[dict[str, Any]]:
    places = [
        quantity(value, "place", str(year), basis="register")
        for year, value in ((2018, 9800), (2019, 10450), (2020, 9900), (2021, 7200), (2023, 4100))
    ]
    air = [
        quantity(54.2, "ug/m3", "2017", basis="study", source="air-study"),
        *(
            quantity(value, "ug/m3", str(year), basis="sensor", source="air-net", low=value - 3, high=value + 3)
            for year, value in ((2019, 48.1), (2020, 39.5), (2021, 47.9), (2022, 48.6))
        ),
    ]
    invested = [
        quantity(value, "KZT", str(year), price_year=year)
        for year, value in ((2019, 156.4e9), (2020, 149.1e9), (2022, 534.6e9))
    ]
    crime = [quantity(value, "per_1000", str(year)) for year, value in ((2019, 9.4), (2020, 9.9), (2021, 11.3))]
    gas = [
        quantity(61, "percent", "2019-10-01", basis="press", comparator="about", source="press-1"),
        quantity(98, "percent", "2023-12-31", basis="press", comparator="ge", source="press-1", kind="claimed"),
    ]
    return [
        task(
            "school-places",
            names(
                "Мектептердегі орын тапшылығын жою",
                "Устранить нехватку мест в школах",
                "End the shortage of school places",
            ),
            quotes=quotes(
                2,
                kk="мектептердегі орын тапшылығын 2022 жылға дейін жою керек",
                ru="до 2022 года устранить нехватку мест в школах",
                en="the shortage of school places must end by 2022",
            ),
            deadline=names("2022 жылға дейін", "до 2022 года", "by 2022"),
            deadline_date=dt.date(2022, 1, 1),
            indicator=indicator(
                "missing-school-places",
                "place",
                "down",
                names("Мектептерде жетіспейтін орын саны", "Недостающие места в школах", "Missing places in schools"),
            ),
            state="nearer",
            reason_key="compared",
            baseline=places[1],
            latest=places[-1],
            reference=quantity(0, "place", "2025", kind="target", basis="", source="plan-2020"),
            reference_kind="target",
            target={
                "set_by": names("қала мәслихаты", "маслихат города", "city council"),
                "set_on": "2020-10",
                "due": "2025",
            },
            gap=4100,
            closed=0.6077,
            tolerance=200,
            series=places,
            other_indicators=[
                {
                    "name": names("Үш ауысымда оқитын мектептер", "Школы с тремя сменами", "Schools with three shifts"),
                    "place_name": names("Тобылғы", "Тобылгы", "Tobylgy"),
                    "latest": quantity(3, "count", "2023", basis="register"),
                },
                {
                    "name": names("Жеке мектептердің үлесі", "Доля частных школ", "Share of private schools"),
                    "place_name": None,
                    "latest": None,
                },
            ],
        ),
        task(
            "clean-air",
            names("Ауаның ластануын азайту", "Снизить загрязнение воздуха", "Make the air cleaner"),
            topic="air",
            quotes=quotes(
                3,
                kk="қаланың ауасын тазарту қажет",
                ru="необходимо очистить воздух города",
                en="the air must become cleaner",
            ),
            indicator=indicator(
                "pm25",
                "ug/m3",
                "down",
                names("PM2.5 орташа жылдық деңгейі", "Среднегодовая концентрация PM2.5", "Yearly mean of PM2.5"),
            ),
            state="unchanged",
            reason_key="compared",
            baseline=air[1],
            latest=air[-1],
            reference=quantity(5, "ug/m3", "2021-09-22", kind="target", basis="", source="who-air"),
            reference_kind="standard",
            standard_name="Guidelines on air 2021",
            gap=43.6,
            closed=-0.0116,
            tolerance=2,
            series=air,
        ),
        task(
            "investment",
            names("Инвестиция тарту", "Привлекать инвестиции", "Attract investment"),
            topic="growth",
            kind="advice",
            quotes=quotes(4, kk="инвестиция тартуды жандандыруға кеңес берді", en="advised to attract more investment"),
            indicator=indicator(
                "fixed-investment",
                "KZT",
                "up",
                names(
                    "Негізгі капиталға салынған инвестиция",
                    "Инвестиции в основной капитал",
                    "Investment in fixed capital",
                ),
                "flow",
            ),
            reason_key="unequal-prices",
            baseline=invested[0],
            series=invested,
        ),
        task(
            "public-safety",
            names(
                "Қоғамдық қауіпсіздікті қамтамасыз ету", "Обеспечить общественную безопасность", "Keep the public safe"
            ),
            topic="growth",
            kind="implied",
            addressee=None,
            quotes=quotes(5, kk=HOSTILE, ru=HOSTILE, en=HOSTILE),
            indicator=indicator(
                "crime-rate", "per_1000", "down", names("Қылмыс деңгейі", "Уровень преступности", "Crime rate"), "flow"
            ),
            state="further",
            reason_key="compared",
            baseline=crime[0],
            latest=crime[-1],
            tolerance=0.5,
            series=crime,
        ),
        task(
            "gas",
            names("Жеке үйлерді газдандыру", "Газифицировать частные дома", "Bring gas to private houses"),
            topic="air",
            quotes=quotes(
                6,
                kk="жеке секторды газдандыру тапсырылды",
                ru="поручено газифицировать частный сектор",
                en="private houses are to be given gas",
            ),
            indicator=indicator(
                "gas-share",
                "percent",
                "up",
                names("Газдандырылған үйлердің үлесі", "Доля газифицированных домов", "Share of houses with gas"),
            ),
            state="nearer",
            reason_key="reached-owner-only",
            baseline=gas[0],
            latest=gas[1],
            reference=quantity(98, "percent", "2023", kind="target", basis="", source="plan-2020"),
            reference_kind="target",
            target={
                "set_by": names("қала әкімдігі", "акимат города", "city administration"),
                "set_on": "2020-10-05",
                "due": None,
            },
            gap=0,
            closed=1.0,
            tolerance=0.5,
            series=gas,
        ),
    ]


def _other_tasks() -> list[dict[str, Any]]:
    light = [quantity(70.5, "percent", "2019"), quantity(99.2, "percent", "2022")]
    return [
        task(
            "street-lighting",
            names("Көшелерді жарықтандыру", "Осветить улицы", "Light the streets"),
            topic="growth",
            quotes=quotes(
                7, kk="көшелерді жарықтандыру тапсырылды", ru="поручено осветить улицы", en="the streets are to be lit"
            ),
            indicator=indicator(
                "lit-streets",
                "percent",
                "up",
                names("Жарықтандырылған көшелердің үлесі", "Доля освещённых улиц", "Share of streets with light"),
            ),
            state="met",
            reason_key="reached",
            baseline=light[0],
            latest=light[1],
            reference=quantity(99, "percent", "2022", kind="target", basis="", source="plan-2020"),
            reference_kind="target",
            target={
                "set_by": names("қала мәслихаты", "маслихат города", "city council"),
                "set_on": "2020",
                "due": "2022-12-31",
            },
            gap=0,
            closed=1.0,
            tolerance=0.5,
            series=light,
        ),
        task(
            "hill-ban",
            names(
                "Қызыл төбеде құрылысқа тыйым салу",
                "Запрет строительства на Красном холме",
                "No building on the Red Hill",
            ),
            topic="air",
            kind="ban",
            scope="all-projects",
            quotes=quotes(
                8,
                kk="Қызыл төбеде құрылыс салуға тыйым салынады",
                ru="строить на Красном холме запрещено",
                en="nothing may be built on the Red Hill",
            ),
            places=[names("Қызыл төбе", "Красный холм", "Red Hill")],
            reason_key="needs-records",
        ),
        task(
            "groundwater",
            LONG,
            topic="growth",
            quotes=quotes(9, kk=LONG["kk"]),
            reason_key="no-indicator",
        ),
        task(
            "criterion-jobs",
            names(
                "Әкімдердің жұмысын жұмыс орындары бойынша бағалау",
                "Оценка работы акимов по рабочим местам",
                "Akims are judged by jobs",
            ),
            role="criterion",
            kind=None,
            scope=None,
            topic="growth",
            quotes=quotes(
                1,
                kk="әкімдердің жұмысы жаңа жұмыс орындарымен бағаланады",
                ru="работа акимов оценивается по новым рабочим местам",
                en="akims are judged by new jobs",
            ),
        ),
        task(
            "context-growth",
            names("Қаланың орны", "Место города", "The place of the city"),
            role="context",
            kind=None,
            scope=None,
            topic="growth",
            quotes=quotes(
                10, kk="Қала өңірдің орталығы", ru="Город — центр региона", en="the city is the centre of its region"
            ),
        ),
    ]


def _sentences(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    roles = {1: ["criterion"], 10: ["context"], 11: ["statement"], 4: ["task", "statement"]}
    sentences = []
    for number in range(1, 12):
        entries = [item["task"] for item in tasks if any(quote["sentence"] == number for quote in item["quotes"])]
        words = {
            quote["language"]: f"{quote['quote']}."
            for item in tasks
            for quote in item["quotes"]
            if quote["sentence"] == number
        }
        if not words:
            words = names(
                "Қалаға күн сайын 200 мыңнан астам көлік кіреді.",
                "В город ежедневно въезжает более 200 тысяч машин.",
                "More than 200,000 cars enter the city each day.",
            )
        statements = [item["statement"] for item in _statements() if item["sentence"] == number]
        sentences.append(
            {
                "number": number,
                "roles": roles.get(number, ["task"]),
                "text": words,
                "entries": entries,
                "statements": statements,
                "original_line": number,
            }
        )
    return sentences


def _statements() -> list[dict[str, Any]]:
    stated = {"source": "official-2019", "observation": None, "basis": "press"}
    return [
        {
            "statement": "invested-2019",
            "name": names("2019 жылы салынған инвестиция", "Инвестиции за 2019 год", "Investment in 2019"),
            "place_name": names("Тобылғы", "Тобылгы", "Tobylgy"),
            "result": "confirmed",
            "stated": quantity(156e9, "KZT", "2019", comparator="gt", **stated),
            "observed": quantity(156.4e9, "KZT", "2019"),
            "difference": -0.4e9,
            "reason_key": "matches",
            "reason_values": {},
            "document": "tobylgy-2019",
            "sentence": 4,
        },
        {
            "statement": "crime-rank",
            "name": names("Қылмыс деңгейі бойынша орны", "Место по уровню преступности", "Place by crime rate"),
            "place_name": None,
            "result": "differs",
            "stated": quantity(1, "rank", "2019", **stated),
            "observed": quantity(2, "rank", "2019", basis="register"),
            "difference": -1,
            "reason_key": "differs",
            "reason_values": {"stated": 1},
            "document": "tobylgy-2019",
            "sentence": 5,
        },
        {
            "statement": "jobless-share",
            "name": names("Жұмыссыздық деңгейі", "Уровень безработицы", "Unemployment rate"),
            "place_name": None,
            "result": "differs",
            "stated": quantity(4.5, "percent", "2018", **stated),
            "observed": quantity(5.3, "percent", "2018", low=5.1, high=5.5),
            "difference": -0.8,
            "reason_key": "differs",
            "reason_values": {},
            "document": "tobylgy-2019",
            "sentence": 11,
        },
        {
            "statement": "cars-a-day",
            "name": names("Тәулігіне кіретін көлік", "Машин в сутки", "Cars a day"),
            "place_name": None,
            "result": "unknown",
            "stated": quantity(200_000, "count", "2019-10-29", comparator="gt", kind="claimed", **stated),
            "observed": None,
            "difference": None,
            "reason_key": "same-document-only",
            "reason_values": {},
            "document": "tobylgy-2019",
            "sentence": 11,
        },
    ]


def _sources() -> list[dict[str, Any]]:
    rows = (
        (
            "bureau-2024",
            "Bureau of Statistics",
            "Yearbook of Tobylgy",
            "https://example.org/yearbook?year=2024&lang=kk",
            "2024",
            "facts, cited",
        ),
        ("air-net", "Air network", "Yearly means", "https://example.org/air", "2023-04", "CC-BY-4.0"),
        ("air-study", "University of Tobylgy", "A study of the air", None, None, "facts, cited"),
        ("press-1", "Herald", "The mayor on gas", "javascript:alert(1)", "2023-12-31", "facts, cited"),
        ("plan-2020", "City council", "Plan of development", "https://example.org/plan", "2020-10-05", "facts, cited"),
        (
            "who-air",
            "Health organisation",
            "Guidelines on air",
            "https://example.org/who",
            "2021",
            "CC-BY-NC-SA-3.0-IGO",
        ),
        (
            "official-2019",
            "Office of the head of state",
            "Report on the meeting",
            "https://example.org/meeting",
            "2019-10-29",
            "facts, cited",
        ),
    )
    keys = ("source", "publisher", "title", "address", "published", "licence")
    return [dict(zip(keys, row, strict=True)) for row in rows]


def invented() -> dict[str, Any]:
    """Build the results of the invented city afresh, so that a test may change them."""
    tasks = [*_measured_tasks(), *_other_tasks()]
    states = dict.fromkeys(("met", "nearer", "unchanged", "further", "unknown"), 0)
    for item in tasks:
        if item["role"] == "task":
            states[item["state"]] += 1
    title = names(
        "Тобылғы қаласындағы кеңес туралы хабарламаның мазмұндамасы",
        "Пересказ сообщения о совещании в городе Тобылгы",
        "Restatement of the report on the meeting in Tobylgy",
    )
    document = {
        "document": "tobylgy-2019",
        "in_register": True,
        "title": title,
        "date": dt.date(2019, 10, 29),
        "authority": "Head of State",
        "restated": True,
        "source": "official-2019",
        "languages": ["kk", "ru", "en"],
        "sentences": _sentences(tasks),
        "reading": {
            "language": "kk",
            "proposals": 9,
            "matched": 7,
            "missed": ["groundwater"],
            "extra": [{"quote": "Қала өңірдің орталығы"}, {"quote": HOSTILE}],
            "f1": 0.8235,
        },
        "no_reader": False,
    }
    order = {
        "document": "order-7",
        "in_register": True,
        "title": names("№ 7 бұйрық", "Приказ № 7", "Order No. 7"),
        "date": "2021-03-01",
        "authority": "City administration",
        "restated": False,
        "source": "official-2019",
        "languages": ["ru"],
        "sentences": [
            {
                "number": 1,
                "roles": ["context"],
                "text": {"ru": "Приказ вступает в силу со дня подписания."},
                "entries": [],
                "statements": [],
            }
        ],
        "reading": None,
        "no_reader": True,
    }
    # A file given on the command line, which happens to bear the name of a registered document.
    new = {
        "document": "tobylgy-2019",
        "in_register": False,
        "title": dict.fromkeys(("kk", "ru", "en"), "tobylgy-2019"),
        "date": None,
        "authority": None,
        "restated": False,
        "source": None,
        "languages": ["kk"],
        "sentences": [
            {"number": 1, "roles": ["task"], "text": {"kk": "Жолды жөндеу қажет."}, "entries": [], "statements": []}
        ],
        "reading": {"language": "kk", "proposals": 1},
        "no_reader": False,
    }
    topics = (
        ("growth", names("Өсім және қала ортасы", "Рост и городская среда", "Growth and the urban fabric")),
        ("schools", names("Мектептер", "Школы", "Schools")),
        ("air", names("Ауа және табиғат", "Воздух и природа", "Air and nature")),
        ("quakes", names("Жер сілкінісі", "Землетрясения", "Earthquakes")),
    )
    return {
        "city": {"id": "tobylgy", "title": names("Тобылғы", "Тобылгы", "Tobylgy")},
        "generated": dt.date(2026, 3, 2),
        "today": dt.date(2026, 3, 1),
        "topics": [{"topic": topic, "name": name, "order": at} for at, (topic, name) in enumerate(topics, start=1)],
        "tasks": tasks,
        "states": states,
        "worst": ["clean-air", "school-places", "public-safety"],
        "statements": _statements(),
        "documents": [document, order, new],
        "sources": _sources(),
        "baseline_months": 18,
        "manifest": {"version": "0.1.0", "inputs": {"tasks.csv": "ab" * 32, "observations.csv": "cd" * 32}},
    }
