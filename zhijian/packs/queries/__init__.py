"""Reading regulations: which version counts on which day, as typed data. Other apps ask here."""

from __future__ import annotations

from zhijian.packs.entries import body_text as value_text
from zhijian.packs.queries.calendar import calendar
from zhijian.packs.queries.changes import changes_of, former
from zhijian.packs.queries.checks import Report, check_report
from zhijian.packs.queries.coverage import blocks_of, coverage_of, covered_articles
from zhijian.packs.queries.followers import (
    packs_of_unit,
    receipt_of,
    receipts,
    subscriptions,
    units_following,
    unread_of,
)
from zhijian.packs.queries.laws import (
    confirmed_pack,
    decisions,
    law_of,
    tried_pack,
    unconfirmed,
    value_bodies,
    values_as_yaml,
)
from zhijian.packs.queries.overriding import overridden_by, overriding
from zhijian.packs.queries.overview import PackLine, pack_line, pack_lines
from zhijian.packs.queries.proposals import proposed_values
from zhijian.packs.queries.reviews import ReviewDue, review_due, reviews, reviews_due
from zhijian.packs.queries.signatures import (
    renewal_due,
    renewals_due,
    signatures,
    signatures_asked,
    unsigned,
    waiting_for_signature,
)
from zhijian.packs.queries.typed import PackUnreadable, contents, typed, typed_of, typed_ref
from zhijian.packs.queries.versions import (
    VersionRef,
    pack_in_force,
    published_packs,
    version_ref,
    versions,
)
from zhijian.packs.queries.words import english_words, english_words_of, stored_word

__all__ = [
    "PackLine",
    "PackUnreadable",
    "Report",
    "ReviewDue",
    "VersionRef",
    "blocks_of",
    "calendar",
    "changes_of",
    "check_report",
    "confirmed_pack",
    "contents",
    "coverage_of",
    "covered_articles",
    "decisions",
    "english_words",
    "english_words_of",
    "former",
    "law_of",
    "overridden_by",
    "overriding",
    "pack_in_force",
    "pack_line",
    "pack_lines",
    "packs_of_unit",
    "proposed_values",
    "published_packs",
    "receipt_of",
    "receipts",
    "renewal_due",
    "renewals_due",
    "review_due",
    "reviews",
    "reviews_due",
    "signatures",
    "signatures_asked",
    "stored_word",
    "subscriptions",
    "tried_pack",
    "typed",
    "typed_of",
    "typed_ref",
    "unconfirmed",
    "units_following",
    "unread_of",
    "unsigned",
    "value_bodies",
    "value_text",
    "values_as_yaml",
    "version_ref",
    "versions",
    "waiting_for_signature",
]
