"""Every change of regulations: their files, their life, and what people decide about them."""

from __future__ import annotations

from zhijian.packs.services.checking import check
from zhijian.packs.services.confirmations import Choice, confirm_parameter, replace_parameter
from zhijian.packs.services.drafts import (
    delete_draft,
    delete_draft_file,
    load_from_contents,
    load_from_folder,
    new_version,
    save_draft_file,
)
from zhijian.packs.services.followers import (
    Following,
    Training,
    confirm_reading,
    distribute,
    end_subscription,
    record_training,
    subscribe,
)
from zhijian.packs.services.publication import publish
from zhijian.packs.services.refusals import PackRefused
from zhijian.packs.services.reviews import ReviewFacts, record_review
from zhijian.packs.services.signatures import Signed, sign

__all__ = [
    "Choice",
    "Following",
    "PackRefused",
    "ReviewFacts",
    "Signed",
    "Training",
    "check",
    "confirm_parameter",
    "confirm_reading",
    "delete_draft",
    "delete_draft_file",
    "distribute",
    "end_subscription",
    "load_from_contents",
    "load_from_folder",
    "new_version",
    "publish",
    "record_review",
    "record_training",
    "replace_parameter",
    "save_draft_file",
    "sign",
    "subscribe",
]
