"""What the model cards say, by key and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aport.models.contract import ModelCard

TEXTS: dict[str, dict[str, str]] = {
    "models.evidence.method": {
        "kk": "Басқа жерде жарияланған әсер өлшемдері мен жоба иелерінің мәлімдемелері қаланың соңғы байқалған "
        "мәндеріне көшіріледі. Салыстырмалы әсерлер көбейтіледі, шамалар қосылады; азайту бұрын болған мөлшерден "
        "асып кетпейді. Бір жоба мен бір көрсеткішке дәлелділігі ең жоғары дереккөз ғана жауап береді.",
        "ru": "Опубликованные размеры эффекта и заявления владельцев проектов переносятся на последние наблюдения "
        "города. Относительные эффекты перемножаются, количества складываются; убавить можно не больше, чем было. "
        "Для одного проекта и одного показателя отвечают только данные лучшей степени доказательности.",
        "en": "Published effect sizes and claims of the owners are carried over to the latest observations of "
        "the city. "
        "Relative effects multiply, amounts add; nothing is reduced by more than there was. For one project and one "
        "indicator the best grade of evidence answers alone.",
    },
    "models.evidence.benchmark": {
        "kk": "Модель тек арифметикадан тұрады: ол жауабы алдын ала белгілі есептермен тексеріледі. Көшірілген "
        "өлшемдердің осы қалада дәл келетіні тексерілген жоқ, сондықтан оның жауабы A дәрежесін алмайды.",
        "ru": "Модель состоит из одной арифметики и проверена на примерах с известным ответом. Верны ли перенесённые "
        "размеры эффекта для этого города, не проверено, поэтому степени A она не получает.",
        "en": "The model is arithmetic only and is tested on cases with known answers. Whether the sizes "
        "carried over "
        "hold in this city has not been tested, so it never earns grade A.",
    },
    "models.evidence.limit.transfer": {
        "kk": "Әсер басқа қалада немесе басқа елде өлшенген болуы мүмкін; мұнда ол өзгеше болуы ықтимал.",
        "ru": "Эффект мог быть измерен в другом городе или другой стране; здесь он может оказаться иным.",
        "en": "An effect may have been measured in another city or country; here it may differ.",
    },
    "models.evidence.limit.places": {
        "kk": "Әсер тек дереккөз атаған жердің мәнін өзгертеді; ол ауданнан қалаға немесе қаладан ауданға "
        "көшірілмейді.",
        "ru": "Эффект меняет значение только того места, которое названо; с района на город и обратно он не "
        "переносится.",
        "en": "An effect moves the value of the place that it names; it is not carried from a district to the "
        "city or back.",
    },
    "models.evidence.limit.baseline": {
        "kk": "Бастапқы мән — соңғы байқау: ол болашаққа болжанбайды, оның қателігі аралыққа кірмейді. Байқау жоқ "
        "жерде әсер есептелмейді.",
        "ru": "Исходное значение — последнее наблюдение: оно не продолжено в будущее, и его погрешность в "
        "интервал не "
        "входит. Где наблюдения нет, эффект не считается.",
        "en": "The baseline is the latest observation: it is not projected into the future, and its error is "
        "not in the "
        "interval. Where there is no observation no effect is computed.",
    },
    "models.evidence.limit.independent": {
        "kk": "Әсерлердің белгісіздігі бір-біріне тәуелсіз деп алынады; бір зерттеуге сүйенген жобалардың жиынтық "
        "аралығы тым тар болуы мүмкін.",
        "ru": "Неопределённости эффектов считаются независимыми; у проектов, опирающихся на одно исследование, общий "
        "интервал может быть слишком узким.",
        "en": "The uncertainties of effects are taken as independent; for projects that rest on one study the joint "
        "interval may be too narrow.",
    },
    "models.evidence.limit.claims": {
        "kk": "C дәрежесі — жоба иесінің уәдесі, оны жоба аяқталғаннан кейін ешкім бағаламаған.",
        "ru": "Степень C — обещание владельца проекта; после завершения его никто не оценивал.",
        "en": "Grade C is a promise of the owner that nobody evaluated after the work.",
    },
    "models.evidence.limit.years": {
        "kk": "Әсер құрылыс біткен соң, белгіленген кідіріс өтіп, келесі жылдан басталады. Жылы көрсетілмеген немесе "
        "мерзімі өтіп кеткен жоба {first_year}–{last_year} жылдары салынады деп болжанады.",
        "ru": "Эффект начинается с года, следующего за концом строительства и задержкой. Для проекта, у "
        "которого годы "
        "не указаны или уже прошли, приняты {first_year}–{last_year} годы.",
        "en": "An effect begins in the year after the end of building and its lag. A project that states no "
        "years, or "
        "years that have passed, is assumed to be built from {first_year} to {last_year}.",
    },
    "models.evidence.limit.spread": {
        "kk": "Дереккөз аралықты көрсетпесе, мәннің ±{spread} пайызы алынады және бұл белгіленеді.",
        "ru": "Если источник не даёт интервала, принято ±{spread} процентов от значения, и это отмечено.",
        "en": "Where a source states no interval, ±{spread} per cent of the value is assumed, and marked so.",
    },
}
"""Sentences with the values of the card in braces."""


def card_texts(card: ModelCard, *, language: str) -> dict[str, str | list[str]]:
    """Say a model card in a language.

    Returns
    -------
    `method` and `benchmark` as a sentence each, `limits` and `sources` as lists.
    """

    def said(key: str) -> str:
        return TEXTS[key][language].format(**card.values)

    return {
        "name": card.name,
        "method": said(card.method),
        "benchmark": said(card.benchmark),
        "limits": [said(limit) for limit in card.limits],
        "sources": list(card.sources),
    }
