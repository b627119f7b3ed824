"""Every rule of the Kazakh reader on sentences of our own, and where it must stay silent."""

from __future__ import annotations

import pytest

from aport.tasks import Proposal, read_text

LEAD = "Қала әкімі жиын өткізді.\n"


def tasks(text: str, *, lead: bool = True) -> tuple[Proposal, ...]:
    return read_text((LEAD if lead else "") + text, document="x", language="kk").tasks


def said(text: str) -> list[tuple[str, str]]:
    return [(task.kind, task.quote) for task in tasks(text)]


ONE_TASK = [
    # directives and their complements
    ("Әкім көпірді жөндеуді тапсырды.", "order", "directive"),
    ("Президент көпірді жөндеуде тапсырды", "order", "directive"),
    ("Әкім көпірді жөндеу туралы тапсырма берді.", "order", "directive"),
    ("Әкім басқармаға көпірді жөндеуді жүктеді.", "order", "directive"),
    ("Әкім мердігерді шығынды өтеуге міндеттеді.", "order", "directive"),
    ("Әкім көпірді жөндеуді талап етті.", "order", "directive"),
    ("Басқармаларға көпірді жөндеу тапсырылды.", "order", "directive"),
    ("– Үкіметке жаңа зауыт салуды тапсырамын, – деді Президент.", "order", "directive"),
    ("Облыс әкіміне мәселені шешуге екі ай уақыт беремін.", "order", "directive"),
    ("Облыс әкімі 300 мың шаршы метр тұрғын үй салуды міндет етіп қойды.", "order", "directive"),
    ("Министрлік жоспар әзірлеуге тапсырма алды.", "order", "directive"),
    # advice
    ("Әкім жаңа бағыт ашуға кеңес берді.", "advice", "directive"),
    ("Әкім жаңа бағыт ашуды ұсынды.", "advice", "directive"),
    ("Әкім тұрғындарды ағаш егуге шақырды.", "advice", "directive"),
    # necessity
    ("– Көпірді жөндеу керек, – деді әкім.", "order", "necessity"),
    ("– Көпір жөнделуі тиіс, – деді әкім.", "order", "necessity"),
    ("– Біз көпірді жөндеуге тиіспіз, – деді әкім.", "order", "necessity"),
    ("– Басқарма көпірді жөндеуге міндетті, – деді әкім.", "order", "necessity"),
    ("Әкім көпірді жөндеу қажеттігін айтты.", "order", "necessity"),
    ("Әкім көпірді жөндеу қажет екенін ескертті.", "order", "necessity"),
    ("Әкімдерге ахуалды реттеу қажет екені айтылды.", "order", "necessity"),
    ("– Көпірдің жөнделуі қажет екеніне назар аударамын, – деді әкім.", "order", "necessity"),
    # moods
    ("«Әкімдіктер бақылауды күшейтсін», – деді Премьер-министр.", "order", "jussive"),
    ("Әкімдік шараны қабылдасын.", "order", "jussive"),
    ("– Көмір жеткізуді тездетіңіздер, – деді министр.", "order", "imperative"),
    ("– Тасқын болмасын деп бақылауды күшейтсін деп тапсырды әкім.", "order", "jussive"),
    # named tasks
    ("– Қоқысты уақытында шығару – басты міндет, – деді әкім.", "order", "named-task"),
    ("– Біздің басты міндет – қоқысты уақытында шығару, – деді әкім.", "order", "named-task"),
    ("Әкім көпірді жөндеудің маңызын басты міндет ретінде атады деп айтты.", "order", "named-task"),
    ("Жолды тазалау міндеті әкімдіктің мойнында қала береді.", "order", "pending-task"),
    ("Ол көпірді жөндеу – басқарманың басты міндеті екенін атап өтті.", "order", "named-task"),
    # a speech that its speaker introduces
    ("Әкім: «Көпірді жөндеу керек», – деді.", "order", "necessity"),
    # the subject of a bare "must" is the one who must act
    ("Әкім жиын ашты.\nМектеп директорлары ата-аналарды тартуы қажет.", "order", "necessity"),
    # bans
    ("Саябақта құрылыс салуға тыйым салынды", "ban", "directive"),
    ("– Бұл жобамен айналысуға тыйым саламын, – деді Президент.", "ban", "directive"),
    ("– Саябақта құрылыс салуға болмайды, – деді әкім.", "ban", "prohibition"),
    ("Жағалауда көлік қоюға рұқсат етілмейді.", "ban", "prohibition"),
    ("Әкім көл жағасын ластамауды тапсырды.", "ban", "directive"),
    ("Әкім құрылысты доғаруды тапсырды.", "ban", "directive"),
    ("Жағалауда қоқыс төгуге тыйым салынсын!", "ban", "jussive"),
    # prevention asks for something, it forbids the addressee nothing
    ("Әкім бағаның өсуіне жол бермеуді тапсырды.", "order", "directive"),
    ("Әкім заңсыз ағаш кесуді тоқтатуды тапсырды.", "order", "directive"),
    ("– Бағаның негізсіз өсуіне жол беруге болмайды, – деді әкім.", "order", "prevention"),
    # implied
    ("Әкім коммуналдық қызметтердің жұмысын сынға алды.", "implied", "criticism"),
    ("Президент көлік кептелісіне назар аударды.", "implied", "attention"),
    ("Президент деректерді қорғаудың маңызын атап өтті.", "implied", "importance"),
    ("Ол министрдің жұмысына көңілі толмайтынын айтты.", "implied", "displeasure"),
    ("Президент мектептердегі орын тапшылығын атап көрсетті.", "implied", "problem"),
    ("Өкінішке қарай, өңір апат саны бойынша 2-орында тұр", "implied", "bad-rank"),
    ("Көптеген көрсеткіш бойынша қала артта қалып келеді", "implied", "falling-behind"),
]


@pytest.mark.parametrize(("text", "kind", "rule"), ONE_TASK)
def test_rule_finds_its_task(text: str, kind: str, rule: str) -> None:
    found = tasks(text)
    assert [(task.kind, task.rule) for task in found] == [(kind, rule)]
    assert found[0].trigger


SILENT = [
    # done already, or on somebody's instruction
    "Президенттің тапсырмасына сәйкес 12 шақырым жол жөнделді.",
    "Бұл тапсырманы Президент былтыр берген еді.",
    "Президент көпірді жөндеуді тапсырған болатын.",
    "Президент былтыр тапсырған мектеп салынып бітті.",
    "Көпірді жөндеу жұмысы жүргізіліп жатыр.",
    "«Асығуға болмайды, алдымен зерделеу керек», – деп жазған еді ол кезде.",
    # announced without content
    "Әкім бірқатар нақты тапсырма берді.",
    "Кездесу соңында Президент министрлік алдына бірқатар міндет қойды.",
    # promises and reports of others
    "Мердігерлер жұмысты 1 шілдеге дейін бітіруге уәде берді.",
    "Бөлім басшысы Ерлан Серіков жолды жөндеу қажет екенін айтты.",
    "Мердігер компания өкілі жолды аяқтау керек екенін жеткізді.",
    "– Жолды жөндеу керек, – дейді тұрғындар.",
    "Министр қосымша қаржы бөлу қажет екенін хабарлады.",
    "Сарапшылардың пікірінше, экономиканы әртараптандыру керек.",
    "Дәрігерлер халықты екпе алуға шақырды.",
    # reprimand, praise, potential
    "Президент үш әкімге сөгіс жариялады.",
    "Президент қаланың әлеуеті зор екенін атап өтті.",
    "Қаланың атқарар рөлі өте маңызды",
    # rhetoric
    "– Бұл экономиканың осалдығы екенін мойындау керек, – деді Президент.",
    "– Мұны ұмытпағанымыз жөн, – деді Президент.",
    "Айта кету керек, былтыр экспорт 500 миллион доллардан асты.",
    # the word without the act
    "Жылыту кезеңіне 7,5 миллион тонна көмір қажет.",
    "Қажет болған жағдайда қосымша қаржы бөлінеді.",
    "Көгалдандыруға қажетті қаржы бөлінді.",
    "Тұрғындарға бұл туралы хабарлау керек пе?",
    "Жұмыс былтыр аяқталуы тиіс еді.",
    "Шығарынды шектен асса, кәсіпорын өндірісті азайтуға міндетті.",
    "Заң ережені сақтауды талап етеді.",
    "120 үйдің кілті тапсырылды.",
    "Әкім мемлекеттік наградаларды тапсырды.",
    "– Мектеп – балаға қауіпсіз орын болуға тиіс, – деді әкім.",
    "Жаңа жыл құтты болсын!",
    "Көлік қандай болсын, бәрі тексерілді.",
    "Тұрғындар әкімдіктің жаңа шарасын, жұмысын, қызметін біледі.",
    "Қаулы алғашқы жарияланған күнінен бастап қолданысқа енгізіледі.",
]


@pytest.mark.parametrize("text", SILENT)
def test_silent_where_nobody_is_asked(text: str) -> None:
    assert said(text) == []


def test_accusative_acts_are_split_and_the_last_takes_the_verb() -> None:
    text = "Ол басқармаға көпірді жөндеуді, саябақты жарықтандыруды және ескі аулаларды тазалауды тапсырды."
    assert [quote for _, quote in said(text)] == [
        "көпірді жөндеуді",
        "саябақты жарықтандыруды",
        "ескі аулаларды тазалауды тапсырды",
    ]


def test_bare_acts_before_one_noun_are_split() -> None:
    text = "Әкім ауладағы жолды жөндеу, балалар алаңын салу және орындық қою жөніндегі жұмысты бастауды тапсырды."
    assert [quote for _, quote in said(text)] == [
        "ауладағы жолды жөндеу",
        "балалар алаңын салу",
        "орындық қою жөніндегі жұмысты бастауды тапсырды",
    ]


def test_not_only_but_also_is_split() -> None:
    text = "– Мәселені жол салу арқылы ғана емес, сондай-ақ автобус санын арттыру арқылы шешу қажет, – деді әкім."
    assert len(said(text)) == 2


def test_two_verbs_with_one_object_are_one_task() -> None:
    assert len(said("Әкім көпірді жөндеу және кеңейту қажеттігін айтты.")) == 1
    assert len(said("– Ескі үйді бұзып, орнына саябақ салу керек, – деді әкім.")) == 1


def test_places_of_one_object_are_one_task() -> None:
    found = tasks("Әкім Жамбыл және Абай көшелерінде бөгет салуды тапсырды.")
    assert len(found) == 1


def test_two_directives_of_one_sentence() -> None:
    text = "Әкім бақшаны ластамау қажеттігін айтып, 12 үйіндіні тазартуды тапсырды."
    assert [kind for kind, _ in said(text)] == ["ban", "order"]


def test_a_weaker_clause_gives_way_to_the_directive() -> None:
    text = "Ол жұмыстың баяулығына назар аударып, бригада санын көбейтуді тапсырды."
    assert said(text) == [("order", "бригада санын көбейтуді тапсырды")]


def test_each_of_several_tasks_has_its_own_addressee() -> None:
    text = "Әкім білім басқармасына мектеп салуды, ал құрылыс басқармасына көпірді жөндеуді тапсырды."
    assert [task.addressee for task in tasks(text)] == ["білім басқармасы", "құрылыс басқармасы"]


def test_attribution_and_marks_are_left_out() -> None:
    assert said("– Көпірді жөндеу керек, – деді әкім.") == [("order", "Көпірді жөндеу керек")]
    assert said("«Көпірді жөндеңіздер», – деп тапсырды әкім.") == [("order", "Көпірді жөндеңіздер")]


def test_narration_after_an_attribution_is_read_too() -> None:
    text = "«Жұмыс көп», – деген әкім басқармаға аулаларды абаттандыруды тапсырды."
    assert [kind for kind, _ in said(text)] == ["order"]


def test_attribution_at_the_end_silences_the_whole_speech() -> None:
    text = "– Жол ескі. Оны жөндеу керек.\nАлаң да салу қажет, – деді мердігер."
    assert said(text) == []


def test_items_of_an_announced_list() -> None:
    text = "Әкімдіктерге тапсырма берілді: су жобаларын іске қосу; желінің тозуын азайту; сорғыларды ауыстыру."
    assert [quote for _, quote in said(text)] == [
        "су жобаларын іске қосу",
        "желінің тозуын азайту",
        "сорғыларды ауыстыру",
    ]
    lines = "Әкім мыналарды тапсырды:\n– су жобаларын іске қосу;\n– желінің тозуын азайту.\nЖиын аяқталды."
    assert [quote for _, quote in said(lines)] == ["су жобаларын іске қосу", "желінің тозуын азайту"]


def test_decree_items() -> None:
    text = (
        "Үкімет қаулы етеді:\n1. Әкімдіктер шара қабылдасын.\n"
        "2. Министрлік жыл сайын 15 ақпанға дейін ақпарат берсін.\n"
        "3. Осы қаулы бүгіннен бастап қолданысқа енгізіледі."
    )
    found = tasks(text)
    assert [task.quote for task in found] == [
        "Әкімдіктер шара қабылдасын",
        "Министрлік жыл сайын 15 ақпанға дейін ақпарат берсін",
    ]
    assert [task.addressee for task in found] == ["Әкімдіктер", "Министрлік"]
    assert found[1].deadline == "жыл сайын 15 ақпанға дейін"


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Президент Үкімет пен қала әкімдігіне жұмысты бастауды тапсырды.", "Үкімет, қала әкімдігі"),
        ("Әкім әкімдікке аумақты абаттандыруды тапсырды.", "әкімдік"),
        ("Әкім мердігерлерден түсініктеме беруді талап етті.", "мердігерлер"),
        ("Әкім мердігер ұйымды шығынды өтеуге міндеттеді.", "мердігер ұйым"),
        ("Аулаларды тазалау міндеті қала әкімдігінің мойнында қала береді.", "қала әкімдігі"),
        ("Әкім көпірді жөндеуді тапсырды.", None),
    ],
)
def test_addressee_in_the_base_form(text: str, addressee: str | None) -> None:
    assert tasks(text)[0].addressee == addressee


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("1 қазанға дейін", "1 қазанға дейін"),
        ("қыркүйек айының соңына дейін", "қыркүйек айының соңына дейін"),
        ("2030 жылға дейін", "2030 жылға дейін"),
        ("екі апта ішінде", "екі апта ішінде"),
        ("шұғыл түрде", "шұғыл түрде"),
        ("күн суытқанға дейін", "күн суытқанға дейін"),
        ("сапалы", None),
    ],
)
def test_deadline_in_the_words_of_the_text(words: str, deadline: str | None) -> None:
    assert tasks(f"Әкім көпірді {words} жөндеуді тапсырды.")[0].deadline == deadline


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("Самалтау көлінің жағасын тазартуды", ("Самалтау көлі",)),
        ('"Сарыбел" және "Қарабел" шатқалдарында бөгет салуды', ("Сарыбел шатқалы", "Қарабел шатқалы")),
        ("Жамбыл, Абай және Сәтбаев көшелерін жөндеуді", ("Жамбыл көшесі", "Абай көшесі", "Сәтбаев көшесі")),
        ("Тайбурылдағы жолды жөндеуді", ("Тайбурыл",)),
        ("көпірді жөндеуді", ()),
    ],
)
def test_places(words: str, places: tuple[str, ...]) -> None:
    assert tasks(f"Әкім {words} тапсырды.")[0].places == places


@pytest.mark.parametrize(
    ("act", "topic"),
    [
        ("көшелерді жарықтандыруды", "streets"),
        ("қазандықтарды отынмен қамтамасыз етуді", "utilities"),
        ("ағаш отырғызуды", "green"),
        ("метро желісін ұзартуды", "transport"),
        ("сел бөгетін салуды", "hazards"),
        ("нан бағасын тұрақтандыруды", "prices"),
        ("балабақшалардағы орын санын арттыруды", "education"),
        ("емханаларды жабдықтауды", "health"),
        ("қылмыстың алдын алуды", "safety"),
        ("туристік бағыттарды дамытуды", "tourism"),
    ],
)
def test_topic(act: str, topic: str) -> None:
    assert tasks(f"Әкім {act} тапсырды.")[0].topic == topic


def test_a_short_stem_is_no_other_word() -> None:
    # көл is a lake; көлем is a size, көлік a vehicle
    assert tasks("Әкім несие көлемін арттыруды тапсырды.")[0].topic != "protected_nature"


def test_roles() -> None:
    reading = read_text(
        "Жұмыс орнын ашу – әкімдердің жұмысындағы негізгі көрсеткіш екенін Президент айтты.\n"
        "Былтыр 12 мектеп салынды.\nАуа райы жылы.\nӘкім көпірді жөндеуді тапсырды.",
        document="x",
        language="kk",
    )
    assert [sentence.roles for sentence in reading.sentences] == [
        ("criterion",),
        ("statement",),
        ("context",),
        ("task",),
    ]


def test_figures_of_the_next_sentence_that_goes_on_about_the_task() -> None:
    text = (
        "Президент курорт салуды тапсырды.\n"
        "Бұл жоба 3 миллиард доллар тартып, 5 мың жұмыс орнын аша алады.\nЖиын бітті."
    )
    figures = tasks(text)[0].figures
    assert [(figure.value, figure.unit) for figure in figures] == [(3e9, "USD"), (5000, "count")]
