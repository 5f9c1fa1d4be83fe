"""Checks on how the question is worded (13, 15, 19-23, 27 and 30 of the checklist)."""

from __future__ import annotations

import re

from tutor.quiz import korean
from tutor.quiz.item import Item, ItemKind
from tutor.quiz.problem import Problem, problem
from tutor.quiz.words import content_words, fold, hangul_share

_BLANKS = re.compile(r"_{2,}(?:\s?_{2,})*")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")
_NEGATION_KO = re.compile(
    r"아닌\s?것|아닌\s?(?:하나|보기)|않[는은]\s?것|옳지\s?않|올바르지\s?않|맞지\s?않"
    r"|적절하지\s?않|알맞지\s?않|해당하지\s?않|틀린\s?것"
    r"|거리가\s?먼|잘못된\s?것|[가-힣]+[이가]\s+\**아닌\**|없는\s?것은|못하는\s?것은"
)
_NEGATED_QUESTION_EN = re.compile(
    r"\bwhich\b[^.?]*\b(?:not|n't|least|false|incorrect|wrong|never)\b|\bexcept\b|\b(?:is|are"
    r"|does|do|was|were|can) not\b[^.?]*\?"
    r"|\bNOT\b|\bEXCEPT\b|\bLEAST\b|\*\*not\*\*",
    re.I,
)
_EMPHASISED = re.compile(
    r"\*\*[^*]*(?:아닌|않|틀린|잘못|먼|없는|not|except|least|false|incorrect|never|wrong)[^*]*\*\*",
    re.I,
)
_SHOUTED = re.compile(r"\b(?:NOT|EXCEPT|LEAST)\b")
_POINTS = re.compile(
    r"according to (?:the|this) (?:text|passage|lecture|notes?|document|article|paragraph"
    r"|author|slide)"
    r"|\b(?:the|this) (?:text|passage|excerpt|paragraph|document|article|slide|chunk)\b"
    r"|(?:mentioned|described|shown|listed|stated|discussed) (?:above|below|here|earlier"
    r"|in the (?:text|passage|notes?))"
    r"|\b(?:the )?(?:above|following) (?:text|passage|figure|diagram|image|table|code)\b"
    r"|\b(?:figure|diagram|image|table|text|code|list) (?:above|below)\b"
    r"|\bas (?:shown|seen) (?:above|below)|\bfrom the (?:text|passage|above)\b|\bthe author\b"
    r"|이 글|본문|지문|윗글|위 글|위의? (?:내용|글|문장|설명|그림|표|코드)|위에서|앞에서|앞서"
    r"|다음 (?:그림|표|코드|글|지문|자료)"
    r"|아래의? (?:그림|표|글|내용|코드)|(?:강의|교재|노트|자료|문서)에 따르면|이 (?:강의|문서"
    r"|자료|노트|단락)|저자"
    r"|chunk[_ ]?\d+|\bdoc(?:ument)?[_ -]?\d+|\[\d+\]",
    re.I,
)
_BARE = re.compile(
    r"^(?:이것|그것|이는|이건|저것|여기서|It|This|That|These|Those|They)\b|^(?:what|which|why"
    r"|how) (?:is"
    r"|are|does|do|did) (?:it|this|that|these|they)\b|(?:^|\s)(?:이것|그것)[은는이가을를]",
    re.I,
)
_ASKS_KO = re.compile(
    r"[?？]|(?:시오|세요|하라|보라|쓰라|은|는|것은|가요|까요|인가|무엇인가|고르기|연결하기"
    r"|나열하기)[.:]?\s*[”\"’']?$|고르시오|고르세요"
    r"|쓰시오|쓰세요|짝지으|나열하|채우|빈칸"
)
_ASKS_EN = re.compile(
    r"\?|^(?:\w+ly )?(?:select|choose|pick|match|put|arrange|order|fill|complete|write|name"
    r"|identify|give|state|decide|true or false|sort|type)\b|, (?:write|name|choose|match) "
    r"|[:…]\s*$",
    re.I,
)
_CLUSTER_KO = re.compile(
    r"^(?:다음\s*(?:(?:설명|문장|진술|보기)\s*)?(?:중|가운데)[에서]*,?\s*)?"
    r"(?:설명(?:으로|이)?\s*)?(?:가장 )?(?:옳은"
    r"|맞는|올바른|바른|적절한|알맞은|참인"
    r"|틀린|옳지 않은|올바르지 않은)\s?(?:것|설명|문장|보기|진술)[은을]?"
)
_CLUSTER_EN = re.compile(
    r"^which (?:one )?(?:of (?:the following|these)(?: (?:statements?|sentences?|claims?))?"
    r"|statements?|sentences?|option|answer|claim) (?:is|are) (?:\**not\** )?(?:true|correct"
    r"|right|false|incorrect|accurate)\s*\??$",
    re.I,
)
_VAGUE = re.compile(
    r"보통|대체로|가끔|일반적으로|종종|때때로|흔히|자주|아마|\b(?:usually|often|sometimes"
    r"|generally|typically"
    r"|frequently|occasionally|normally|may|might|seldom|rarely)\b",
    re.I,
)
_TRIFLE_KO = re.compile(
    r"몇 (?:쪽|페이지|년|월|일|주차|차시)|(?:강사|교수|발표자|저자|파일)\S*\s?(?:이름|누구)"
    r"|누가 (?:발표|작성|강의)|그림 번호|파일명"
    r"|언제 (?:발표|작성|출시|공개|나왔)"
)
_TRIFLE_EN = re.compile(
    r"\b(?:what|which|on what|on which) (?:page|slide|date|year|day|month|week|lecture|figure"
    r"|file)\b|who (?:is|was) the (?:lecturer|professor|author|speaker|teacher)"
    r"|name of the (?:lecturer|professor|file|author)|\bwhen (?:was|were|did)\b|in (?:what"
    r"|which) year",
    re.I,
)
_TRIFLING_KEY = re.compile(
    r"^(?:p{1,2}\.?\s?\d+|\d+\s?(?:쪽|페이지)|(?:page|slide|figure|fig\.?|table|그림|표"
    r"|슬라이드)\s?\d+(?:[.-]\d+)?|(?:19|20)\d\d(?:년)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|(?:19"
    r"|20)\d\d년 \d{1,2}월(?: \d{1,2}일)?"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December) .*\d{4}|\d{1,2} (?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December) \d{4}|\S+\.(?:pdf|md|txt|pptx?|docx?|ipynb|py))$",
    re.I,
)
_INJECTION = re.compile(
    r"ignore (?:all |any )?(?:the )?(?:previous|prior|above|earlier)|disregard (?:all|the|any"
    r"|previous)|forget (?:all |your )?(?:previous |prior )?instructions"
    r"|\bsystem\s?(?:prompt|message)\b|<\|?(?:im_start|im_end|system|assistant|user|tool)\b"
    r"|\[/?INST\]|<</?SYS>>|\bas an? (?:AI|language model|LLM)\b|\byou are (?:chatgpt|an ai"
    r"|a helpful|now)\b|\btool_call|function_call|BEGIN (?:SYSTEM|PROMPT)|^(?:assistant|system"
    r"|user|human)\s*:"
    r"|(?:이전|위|앞)의? (?:지시|명령|프롬프트|지침|내용)\S*\s*(?:모두 |전부 )?(?:무시|잊)"
    r"|지시를? (?:모두 )?무시|시스템 (?:프롬프트"
    r"|메시지)|너는 이제|당신은 이제|프롬프트를? (?:출력|공개|보여)|언어 모델로서"
    r"|AI 어시스턴트로서",
    re.I | re.M,
)
_SHORTEST_STEM = {"ko": 3, "en": 3}
_LONGEST_STEM = {"ko": 150, "en": 60}
_LONGEST_OPTION = {"ko": 75, "en": 25}


def asked(stem: str) -> str:
    """The question without what it quotes: a negation inside a quotation is not the question's."""
    return _QUOTED.sub("“”", stem)


def negation(item: Item) -> list[Problem]:
    """13: no negative question unless the kind asks for one, and then in bold."""
    question = asked(item.stem) if item.kind is not ItemKind.TRUE_FALSE else ""
    negative = _is_negative(question, item.language)
    if item.kind is ItemKind.NEGATIVE_CHOICE:
        if not _is_negative(item.stem, item.language):
            return [problem("not_negative", item.language)]
        emphasised = _EMPHASISED.search(item.stem) or _SHOUTED.search(item.stem)
        return [] if emphasised else [problem("negation_not_emphasised", item.language)]
    return [problem("negative_stem", item.language)] if negative else []


def vague(item: Item) -> list[Problem]:
    """15: usually, often, 보통, 대체로."""
    texts = [asked(item.stem), *(item.options or ())]
    found = next((match for text in texts if (match := _VAGUE.search(text))), None)
    in_all = found and all(_VAGUE.search(option) for option in item.options or [""])
    return [problem("vague_terms", item.language, found[0])] if found and not in_all else []


def self_contained(item: Item) -> list[Problem]:
    """19: no pointer to a text, a figure or a thing that the question does not show."""
    matches = [_BARE.search(asked(item.stem))]
    matches += [_POINTS.search(text) for text in (asked(item.stem), *(item.options or ()))]
    match = next((m for m in matches if m), None)
    return [problem("not_self_contained", item.language, match[0].strip())] if match else []


def focused(item: Item) -> list[Problem]:
    """20: a complete question or task with enough to go on, without the options."""
    asks = _ASKS_KO if item.language == "ko" else _ASKS_EN
    stem = item.stem.strip()
    words = content_words(stem)
    enough = len(words) >= _SHORTEST_STEM[item.language] or (
        item.kind
        in (
            ItemKind.NEGATIVE_CHOICE,
            ItemKind.MATCHING,
            ItemKind.ORDERING,
            ItemKind.CHOICE,
        )
        and len(words) >= 1
        and "?" in stem
    )
    if item.kind in (ItemKind.MATCHING, ItemKind.ORDERING):
        enough = True
    complete = asks.search(stem) or (item.kind is ItemKind.CLOZE and _BLANKS.search(stem))
    return [] if enough and complete else [problem("unfocused_stem", item.language)]


def cluster(item: Item) -> list[Problem]:
    """21: "Which is true?" names no topic."""
    pattern = _CLUSTER_KO if item.language == "ko" else _CLUSTER_EN
    if item.kind is ItemKind.TRUE_FALSE or not pattern.search(item.stem.strip()):
        return []
    rest = content_words(pattern.sub("", item.stem.strip()))
    return [] if len(rest) >= 2 else [problem("true_false_cluster", item.language)]


def brevity(item: Item) -> list[Problem]:
    """22: a stem of at most 60 words or 150 Hangul characters, an option of at most 25 words."""
    language = item.language
    long_stem = _reading_length(item.stem, language) > _LONGEST_STEM[language]
    long_option = any(
        _reading_length(option, language) > _LONGEST_OPTION[language]
        for option in item.options or ()
    )
    where = "stem" if long_stem else "option"
    return [problem("too_long", language, where)] if long_stem or long_option else []


def trivia(item: Item) -> list[Problem]:
    """23: dates, pages, names of lecturers and files are not worth a question."""
    stem = _TRIFLE_KO if item.language == "ko" else _TRIFLE_EN
    key = item.key_option or (item.answer[0] if item.answer else "")
    trifling = stem.search(item.stem) or (item.options and _TRIFLING_KEY.match(key.strip()))
    return [problem("trivia", item.language)] if trifling else []


def blank(item: Item) -> list[Problem]:
    """27: the blank is there, every option fills it, and nothing around it gives it away."""
    if item.kind is not ItemKind.CLOZE:
        return []
    gaps = len(re.findall(r"_{2,}", item.stem))
    if not gaps or (gaps > 1 and not item.options):
        return [problem("bad_blank", item.language)]
    if gaps > 1 and any(_parts(option) < gaps for option in item.options or ()):
        return [problem("bad_blank", item.language)]
    found = []
    sentence = item.stem[item.stem.index("__") :] if gaps == 1 else ""
    forms = [item.key_option] if item.key_option else list(item.answer[:1])
    if gaps == 1 and any(_holds(item.stem, form) for form in forms if form):
        found.append(problem("key_in_stem", item.language))
    if (
        sentence
        and item.language == "ko"
        and _particle_tells(item, _BLANKS.sub("", sentence, count=1))
    ):
        found.append(problem("particle_cue", item.language))
    return found


def stem_holds_key(item: Item) -> list[Problem]:
    """10 at its worst: the key's very words stand in the stem."""
    key = item.key_option or (
        item.answer[0] if item.kind is ItemKind.SHORT_ANSWER and item.answer else None
    )
    if item.kind in (ItemKind.CLOZE, ItemKind.TRUE_FALSE, ItemKind.NEGATIVE_CHOICE) or not key:
        return []
    others_too = any(_holds(item.stem, option) for option in item.wrong_options)
    return (
        [problem("key_in_stem", item.language)] if _holds(item.stem, key) and not others_too else []
    )


def injection(item: Item) -> list[Problem]:
    """30: an item must not carry an instruction to a program."""
    texts = (item.stem, *(item.options or ()), *(item.terms or ()), item.explanation, *item.answer)
    match = next((m for text in texts if (m := _INJECTION.search(text))), None)
    return [problem("injection", item.language, match[0])] if match else []


def language(item: Item) -> list[Problem]:
    """29: stem, explanation and worded options in the item's language; terms may differ."""
    plain = asked(item.stem) if len(asked(item.stem)) > 12 else item.stem
    wrong = hangul_share(plain) < 0.3 if item.language == "ko" else hangul_share(item.stem) > 0.2
    told = re.sub(r"“[^”]*”", "", item.explanation)
    if item.language == "ko":
        wrong = wrong or (len(told) > 20 and hangul_share(told) < 0.1)
        worded = [option for option in item.options or () if len(option.split()) >= 7]
        wrong = wrong or any(hangul_share(option) < 0.1 for option in worded)
    else:
        wrong = wrong or hangul_share(told) > 0.5
        wrong = wrong or any(hangul_share(option) > 0.5 for option in item.options or ())
    return [problem("wrong_language", item.language)] if wrong else []


def _is_negative(text: str, language: str) -> bool:
    if language == "ko":
        return bool(_NEGATION_KO.search(text.replace("*", ""))) or bool(_SHOUTED.search(text))
    return bool(_NEGATED_QUESTION_EN.search(text))


def _reading_length(text: str, language: str) -> int:
    return len(text.split()) if language == "en" else len("".join(text.split()))


def _parts(option: str) -> int:
    """How many blanks an option fills: its parts between commas or joining words."""
    return len(
        [
            part
            for part in re.split(r"\s*[,/·;]\s*|[와과]\s|\s(?:and|및|그리고)\s|\s*-\s*|\s+", option)
            if part
        ]
    )


def _holds(text: str, form: str) -> bool:
    """Whether a text holds a form as words of its own."""
    if len(fold(form)) < 2 or fold(form) not in fold(text):
        return False
    start = r"(?<![A-Za-z가-힣0-9])" if form[0].isalnum() else ""
    end = r"(?![A-Za-z0-9])" if form[-1].isalnum() else ""
    return bool(re.search(start + re.escape(form) + end, text, re.I))


def _particle_tells(item: Item, rest: str) -> bool:
    """Whether the particle after the blank fits the key and not every wrong option."""
    key = item.key_option
    if not key or any(rest.lstrip().startswith(both) for _, _, both in korean.PAIRS):
        return False
    cut = korean.split_particle(rest)
    if not cut or not cut[0]:
        return False
    return korean.fits(cut[0], key) and not all(korean.fits(cut[0], w) for w in item.wrong_options)
