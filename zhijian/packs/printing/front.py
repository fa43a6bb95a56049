"""The front page and the articles of a printed regulation."""

from __future__ import annotations

from collections.abc import Iterator

from zhijian.domain.policy.citing import cited
from zhijian.domain.policy.header import Header
from zhijian.domain.policy.parameter import Citation
from zhijian.domain.policy.signing import STEP_TITLES, Signing
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words, listed
from zhijian.packs.printing.naming import Namer

_COVERAGE = {
    "automatic": ("自动", "automatic"),
    "manual": ("人工", "by people"),
    "not_covered": ("不覆盖", "not covered"),
}

_BLOCKS = {
    "目标与政策": "Goals and policy",
    "组织与分工": "Organisation",
    "流程与程序": "Processes",
    "评估指标": "Indicators",
    "培训": "Training",
    "不良事件处理": "Adverse events",
    "持续改进": "Improvement",
}


def block_in_words(block: str, language: str) -> str:
    """Return the name of one of the seven blocks."""
    return Words(block, _BLOCKS[block]).to(language)


def front(pack: Pack, digest: str, namer: Namer) -> Iterator[str]:
    """Yield whose regulation it is, from when, for whom, on which principles."""
    header = pack.header
    yield f"# {header.title.to(namer.language)}\n"
    if header.trial:
        yield f"> {namer.say('试行', 'On trial')}\n"
    if header.is_draft:
        yield f"> {namer.say('草案', 'Draft')}\n"
    for title, value in _facts(header, digest, namer):
        if value:
            yield f"- {title}: {namer.text(value)}"
    yield ""
    for title, told in (
        (namer.say("原则", "Principles"), listed(header.principles)),
        (namer.say("引用", "References"), listed(header.references)),
        (namer.say("原文缺失", "Lost in the source"), listed(header.lost)),
        (namer.say("单位", "Units"), listed(map(Words, header.units))),
    ):
        if told:
            yield f"**{title}**: {told.to(namer.language)}\n"
    yield from _bodies(pack, namer)
    yield from _blocks(pack, namer)


def _facts(header: Header, digest: str, namer: Namer) -> Iterator[tuple[str, Words | str]]:
    yield namer.say("版本", "Version"), f"{header.version} ({digest[:12]})"
    yield namer.say("编号", "Code"), header.code
    yield namer.say("发布者", "Issuer"), header.issuer
    yield namer.say("发布日期", "Issued"), str(header.issued or "")
    yield namer.say("修订日期", "Revised"), str(header.revised or "")
    yield namer.say("施行日期", "In force from"), str(header.effective)
    yield namer.say("适用范围", "Scope"), header.scope
    yield namer.say("机制", "Mechanism"), header.mechanism
    yield namer.say("执行", "Carried out by"), header.executed_by
    yield namer.say("编制", "Prepared by"), header.prepared_by
    yield namer.say("审核", "Reviewed by"), header.reviewed_by
    yield namer.say("批准", "Approved by"), header.approved_by
    yield namer.say("下发", "Issued to"), listed(header.issued_to)
    yield namer.say("签署", "Signatures"), signing_in_words(header.signing, namer.language)
    yield namer.say("解释", "Interpreted by"), header.interpreted_by
    yield namer.say("补充", "Supplemented by"), header.supplemented_by
    yield namer.say("抵触", "Overrides"), header.overrides
    yield namer.say("版权", "Copyright"), header.copyright


def signing_in_words(signing: Signing, language: str) -> str:
    """Return who signs a version before it is published, and how often again."""
    told = listed(
        Words(f"{title.zh}：{each.by.zh}", f"{title.en}: {each.by.to('en')}")
        for each in signing.steps
        for title in (STEP_TITLES[each.step],)
    ).to(language)
    if not signing.renew_months:
        return told
    again = Words("{}；每 {} 个月重新批准一次", "{}; the approval is renewed every {} months")
    return again.to(language).format(told, signing.renew_months)


def glossary(pack: Pack, namer: Namer) -> Iterator[str]:
    """Yield the terms the regulation defines, each with its other names and its clause."""
    if not pack.terms:
        return
    yield f"## {namer.say('术语', 'Terms')}\n"
    for term in pack.terms:
        own, *others = term.names(namer.language)
        aliases = f" ({namer.listed(others)})" if others else ""
        definition = namer.text(term.definition)
        yield f"- **{own}**{aliases}: {definition} [{source_in_words(term.cites, pack, namer)}]"
    yield ""


def source_in_words(cites: Citation, pack: Pack, namer: Namer) -> str:
    """Return the clause of a definition, with the document where it is another one."""
    clause = namer.clause(cites.clause)
    if cites.document == pack.header.title.zh:
        return clause
    return namer.say("《{}》{}", "{} {}").format(cites.document, clause)


def _bodies(pack: Pack, namer: Namer) -> Iterator[str]:
    if not pack.header.bodies:
        return
    yield f"## {namer.say('组织', 'Bodies')}\n"
    for body in pack.header.bodies:
        aliases = f" ({namer.text(listed(body.aliases))})" if body.aliases else ""
        duties = f": {namer.text(listed(body.duties))}" if body.duties else ""
        yield f"- **{body.title.to(namer.language)}**{aliases}{duties}"
    yield ""


def _blocks(pack: Pack, namer: Namer) -> Iterator[str]:
    yield f"## {namer.say('七个组成部分', 'The seven blocks')}\n"
    for block, numbers in pack.blocks().items():
        empty = namer.say("无", "nothing")
        told = namer.listed([cited(each, namer.language) for each in numbers])
        yield f"- {block_in_words(block, namer.language)}: {told or empty}"
    yield ""


def articles(pack: Pack, namer: Namer) -> Iterator[str]:
    """Yield the articles and how far the platform carries each out."""
    yield f"## {namer.say('条文', 'Articles')}\n"
    for each in pack.articles:
        coverage = _COVERAGE[each.coverage][namer.language == "en"]
        by = f" ({namer.text(each.by)})" if each.by else ""
        number = cited(each.number, namer.language)
        title, text = namer.text(each.title), namer.text(each.text)
        yield f"- **{number} {title}** [{coverage}{by}] {text}"
    counts = (
        f"{word[namer.language == 'en']} {sum(a.coverage == code for a in pack.articles)}"
        for code, word in _COVERAGE.items()
    )
    yield f"\n{namer.say('覆盖', 'Coverage')}: {namer.listed(list(counts))}\n"
