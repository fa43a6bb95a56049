"""Every change of the records of a period. Callers import from here."""

from zhijian.intake.refusals import ImportRefused, RecordRefused, RecordsWrong
from zhijian.intake.services.access import enterable_units, may_enter_kind
from zhijian.intake.services.bulk import bulk_enter
from zhijian.intake.services.corrections import (
    cells_of,
    correct_record,
    label_for_objection,
    strike_record,
)
from zhijian.intake.services.evidence import OWNER, add_evidence
from zhijian.intake.services.imports import (
    book_of_batch,
    commit_batch,
    discard_batch,
    note_job,
    stage_rows,
    undo_batch,
    upload_workbook,
)
from zhijian.intake.services.locks import hold_period, lock_period, unlock_period
from zhijian.intake.services.records import (
    Entry,
    change_record,
    check_entry,
    enter_record,
    enter_records,
    void_record,
)
from zhijian.intake.services.registers import carry_register
from zhijian.intake.services.restoring import Days, restore_period
from zhijian.intake.services.rows import Origin
from zhijian.intake.services.taking import Taken, take_all, take_cases

__all__ = [
    "OWNER",
    "Days",
    "Entry",
    "ImportRefused",
    "Origin",
    "RecordRefused",
    "RecordsWrong",
    "Taken",
    "add_evidence",
    "book_of_batch",
    "bulk_enter",
    "carry_register",
    "cells_of",
    "change_record",
    "check_entry",
    "commit_batch",
    "correct_record",
    "discard_batch",
    "enter_record",
    "enter_records",
    "enterable_units",
    "hold_period",
    "label_for_objection",
    "lock_period",
    "may_enter_kind",
    "note_job",
    "restore_period",
    "stage_rows",
    "strike_record",
    "take_all",
    "take_cases",
    "undo_batch",
    "unlock_period",
    "upload_workbook",
    "void_record",
]
