"""Everything that writes in this room."""

from zhijian.cases.services.advancing import advance_case, advance_for_public
from zhijian.cases.services.around import attach, comment, link, reveal
from zhijian.cases.services.asked import Opening, Taking, Upload
from zhijian.cases.services.handing_over import hand_over, pass_on
from zhijian.cases.services.merging import Merging, merge
from zhijian.cases.services.opening import open_case, open_for_public
from zhijian.cases.services.stepping import Seen, held
from zhijian.cases.services.sweeping import Swept, recount, sweep

__all__ = [
    "Merging",
    "Opening",
    "Seen",
    "Swept",
    "Taking",
    "Upload",
    "advance_case",
    "advance_for_public",
    "attach",
    "comment",
    "hand_over",
    "held",
    "link",
    "merge",
    "open_case",
    "open_for_public",
    "pass_on",
    "recount",
    "reveal",
    "sweep",
]
