"""How far a regulation is carried out by the program, article by article and block by block."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.domain.policy.article import Article
from zhijian.domain.regulation.checks import citations
from zhijian.domain.regulation.pack import Pack


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many articles are carried out by the program, by people, and not at all."""

    automatic: int
    manual: int
    not_covered: int

    @property
    def total(self) -> int:
        """All articles."""
        return self.automatic + self.manual + self.not_covered

    @property
    def bar(self) -> tuple[tuple[str, int, int], ...]:
        """The parts of a bar of 1000: the word, where it begins, how long it is."""
        begin, found = 0, []
        for word in ("automatic", "manual", "not_covered"):
            length = getattr(self, word) * 1000 // self.total if self.total else 0
            found.append((word, begin, length))
            begin += length
        return tuple(found)


@dataclass(frozen=True, slots=True)
class CoveredArticle:
    """An article and the files that carry it out."""

    article: Article
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One of the seven blocks and the articles that fill it."""

    title: str
    articles: tuple[str, ...]


def coverage_of(pack: Pack) -> Coverage:
    """Return the counts of a pack."""
    words = [article.coverage for article in pack.articles]
    return Coverage(words.count("automatic"), words.count("manual"), words.count("not_covered"))


def covered_articles(pack: Pack) -> tuple[CoveredArticle, ...]:
    """Return every article with the files that cite it."""
    cited = [(path, clause) for path, clause in citations(pack) if clause]
    return tuple(
        CoveredArticle(article, _files(article.number, cited, pack)) for article in pack.articles
    )


def blocks_of(pack: Pack) -> tuple[Block, ...]:
    """Return the seven blocks; one without articles is empty."""
    return tuple(Block(title, numbers) for title, numbers in pack.blocks().items())


def carried_out_by(clause: str, numbers: tuple[str, ...]) -> str:
    """Return the article that a citation names: 第十条第二款 belongs to 第十条."""
    fitting = [number for number in numbers if clause.startswith(number)]
    return max(fitting, key=len, default="")


def _files(number: str, cited: list[tuple[str, str]], pack: Pack) -> tuple[str, ...]:
    numbers = tuple(article.number for article in pack.articles)
    found = (path for path, clause in cited if carried_out_by(clause, numbers) == number)
    return tuple(dict.fromkeys(found))
