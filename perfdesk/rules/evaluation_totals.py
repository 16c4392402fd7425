"""Self-evaluations as a whole: the money's execution, the total and the grade as somebody wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfdesk.evaluation.entered import MONEY, RESULT, number
from perfdesk.evaluation.evaluated import RATE, Evaluated, shown_points
from perfdesk.evaluation.printed import says, sum_on_paper
from perfdesk.model.finding import Finding, Place
from perfdesk.rules.evaluation import POINTS
from perfdesk.rules.subject import Kind, Subject, cell_fix
from perfdesk.score import ADJUSTED, EXECUTED, Item, grade
from perfdesk.values import DASHES, parse_amount, plain_number, show_amount

NO_BUDGET = Kind("no-adjusted-budget", "error", "预算数为 0，算不出执行率")
MORE = Kind("executed-over-budget", "warning", "执行数大于预算数")
RATE_OFF = Kind("rate-mismatch", "error", "执行率与金额不符")
EXECUTION = Kind("execution-score", "error", "预算执行得分与计算的不同")
WEIGHT = Kind("execution-weight", "error", "预算执行的分值与评分方案不符")
TOTAL = Kind("total-mismatch", "error", "总分与各项得分之和不符")
RESCORED = Kind("total-rescored", "warning", "总分与重新计算的不同")
GRADE = Kind("grade-mismatch", "error", "等级与总分不符")
SCHEME = Kind("scheme-unknown", "warning", "没有这个评分方案")
COUNT = Kind("count-not-a-number", "error", "个数不是数字")
KINDS = (NO_BUDGET, MORE, RATE_OFF, EXECUTION, WEIGHT, TOTAL, RESCORED, GRADE, SCHEME, COUNT)
FACTS = "facts"


def find(subject: Subject) -> Iterator[Finding]:
    evaluated = subject.values.evaluated
    if evaluated is None:
        return
    if subject.form.has(MONEY):
        yield from _money(subject, evaluated)
        yield from _execution(subject, evaluated)
    yield from _words_for_points(subject)
    yield from _counts(subject)
    yield from _scheme(subject, evaluated)
    yield from _total(subject, evaluated)
    yield from _grade(subject, evaluated)


def _at(section: str, column: str) -> tuple[str, Place]:
    return f"{section}/{column}", Place(section, column)


# --- money ------------------------------------------------------------------------------------------------------------


def _money(subject: Subject, evaluated: Evaluated) -> Iterator[Finding]:
    """Every line of the money block that has a rate: the whole and the sources."""
    facts, unit = evaluated.entered.facts, subject.amount_unit
    for field in subject.form.section(MONEY).fields:
        if field.id != RATE and not field.id.endswith(f"_{RATE}"):
            continue
        line = field.id.removesuffix(RATE)
        executed, adjusted = facts.get(f"{line}{EXECUTED}"), facts.get(f"{line}{ADJUSTED}")
        if executed is None or adjusted is None:
            continue
        amounts = f"{_name(subject, line + EXECUTED)} {show_amount(executed)} {unit}"
        if executed > adjusted:
            message = f"{amounts}，大于{_name(subject, line + ADJUSTED)} {show_amount(adjusted)} {unit}。"
            yield MORE.at(*_at(MONEY, line + EXECUTED), message)
        typed = subject.filing.cell(f"{MONEY}/{field.id}").strip()
        computed = evaluated.cells.get((MONEY, field.id), "")
        if typed and computed and not says(typed, computed):
            message = (
                f"{field.name}填“{typed}”，{amounts} ÷ {_name(subject, line + ADJUSTED)} {show_amount(adjusted)} {unit}"
                f" = {computed}。"
            )
            fix = cell_fix(f"{field.name}改为 {computed}", MONEY, field.id, "")
            yield RATE_OFF.at(*_at(MONEY, field.id), message, fix)


def _name(subject: Subject, column: str) -> str:
    field = subject.form.section(MONEY).field(column)
    return field.name if field else column


def _execution(subject: Subject, evaluated: Evaluated) -> Iterator[Finding]:
    item = evaluated.item(None)
    if item is None:
        return
    adjusted = evaluated.entered.facts.get(ADJUSTED)
    if item.score is None and adjusted is not None and adjusted <= 0:
        message = (
            f"{_name(subject, ADJUSTED)}是 {show_amount(adjusted)}，算不出执行率，预算执行的 {shown_points(item.weight)} 分"
            f"没法计。没有预算的，在评分说明里写明理由后自己填得分。"
        )
        yield NO_BUDGET.at(*_at(MONEY, ADJUSTED), message)
    yield from _execution_weight(subject, item)
    typed = number(subject.filing.cell(f"{MONEY}/score"))
    computed = "" if item.computed is None else shown_points(item.computed)
    if typed is None or not item.refused or says(plain_number(typed), computed):
        return
    how = (
        f"按评分方案计算是 {computed} 分（{item.reason.removesuffix(f'；{item.refused}')}）"
        if computed
        else item.reason
    )
    if not 0 <= typed <= item.weight:
        need = f"得分应在 0 到分值 {shown_points(item.weight)} 分之间。"
    else:
        need = "改用计算的得分，或在评分说明里写明理由。"
    message = f"预算执行得分填 {plain_number(typed)} 分，{how}。{need}"
    yield EXECUTION.at(
        *_at(MONEY, "score"), message, cell_fix(f"得分改为计算的 {computed} 分", MONEY, "score", "")
    )


def _words_for_points(subject: Subject) -> Iterator[Finding]:
    """``八十八``: nothing can be reckoned with it, and it would be printed."""
    for section, column in ((MONEY, "weight"), (MONEY, "score"), (RESULT, "total")):
        field = subject.form.section(section).field(column) if subject.form.has(section) else None
        text = subject.filing.cell(f"{section}/{column}").strip()
        if field is None or not text or text in DASHES or number(text) is not None:
            continue
        message = f"{field.name}应填数字，填的是“{text}”。"
        fix = cell_fix(f"清空{field.name}，按计算的填", section, column, "")
        yield POINTS.at(*_at(section, column), message, fix)


def _counts(subject: Subject) -> Iterator[Finding]:
    """``八个``: the rate would be without this fact, and nobody would see why."""
    for field in subject.form.section(FACTS).fields if subject.form.has(FACTS) else ():
        text = subject.filing.cell(f"{FACTS}/{field.id}").strip()
        value = parse_amount(text).value
        if field.kind == "number" and text and text not in DASHES and (value is None or value < 0):
            message = f"{field.name}应填不小于 0 的数字，填的是“{text}”，没有算进比率。"
            yield COUNT.at(*_at(FACTS, field.id), message)


def _execution_weight(subject: Subject, item: Item) -> Iterator[Finding]:
    typed = number(subject.filing.cell(f"{MONEY}/weight"))
    if typed is not None and typed != item.weight:
        wanted = shown_points(item.weight)
        message = f"预算执行的分值填 {plain_number(typed)} 分，评分方案规定 {wanted} 分。"
        yield WEIGHT.at(
            *_at(MONEY, "weight"), message, cell_fix(f"分值改为 {wanted} 分", MONEY, "weight", "")
        )


# --- result -----------------------------------------------------------------------------------------------------------


def _scheme(subject: Subject, evaluated: Evaluated) -> Iterator[Finding]:
    chosen = subject.filing.cell(f"{RESULT}/scheme").strip()
    if chosen and chosen != evaluated.scheme.id:
        message = f"没有评分方案“{chosen}”，现在按“{evaluated.scheme.name}”计分。"
        fix = cell_fix(f"改为“{evaluated.scheme.name}”", RESULT, "scheme", "")
        yield SCHEME.at(*_at(RESULT, "scheme"), message, fix)


def _total(subject: Subject, evaluated: Evaluated) -> Iterator[Finding]:
    """The total against the scores as they stand beside it, else against the scores as computed."""
    text = subject.filing.cell(f"{RESULT}/total").strip()
    typed, scored = number(text), evaluated.scored
    if typed is None:
        return
    computed = shown_points(scored.total)
    fix = cell_fix(f"总分改为计算的 {computed} 分", RESULT, "total", "")
    on_paper = sum_on_paper(subject.filing, evaluated)
    place = _at(RESULT, "total")
    if scored.cap and typed != scored.total:
        yield TOTAL.at(*place, f"总分填 {plain_number(typed)} 分。{scored.cap}。", fix)
    elif on_paper is not None and not scored.cap and not says(plain_number(typed), shown_points(on_paper)):
        by = shown_points(abs(typed - on_paper))
        apart = f"多 {by} 分" if typed > on_paper else f"少 {by} 分"
        message = f"总分填 {plain_number(typed)} 分，各项得分相加是 {shown_points(on_paper)} 分，{apart}。"
        yield TOTAL.at(*place, message, fix)
    elif not scored.open and not says(plain_number(typed), computed):
        message = (
            f"总分填 {plain_number(typed)} 分，按评分方案重新计算是 {computed} 分；相差的各项见“得分”栏。"
        )
        yield RESCORED.at(*place, message, fix)


def _grade(subject: Subject, evaluated: Evaluated) -> Iterator[Finding]:
    """The grade against the total that stands beside it."""
    typed = subject.filing.cell(f"{RESULT}/grade").strip()
    written = number(subject.filing.cell(f"{RESULT}/total"))
    total: Decimal | None = written if written is not None else evaluated.scored.total
    if not typed or typed in DASHES or (written is None and evaluated.scored.open):
        return
    scheme = evaluated.scheme
    right = grade(scheme, total)
    if right and right not in typed:
        lowest = next(g.lowest for g in scheme.grades if g.name == right)
        bound = f"{shown_points(lowest)} 分起为“{right}”" if lowest else f"应为“{right}”"
        message = f"等级填“{typed}”，总分 {shown_points(total)} 分，{bound}。"
        yield GRADE.at(*_at(RESULT, "grade"), message, cell_fix(f"等级改为“{right}”", RESULT, "grade", right))
