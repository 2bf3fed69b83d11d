"""Which object each argument of each address names. Keys: `namespace:name`, or `namespace:*` for the rest of an app."""

from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.utils.http import urlsafe_base64_encode

from tests.access.world import Things

# Argument → row of `Things`, whose primary key is meant; a text with "=" is taken as it stands.
ARGUMENTS: dict[str, dict[str, str]] = {
    "accounts:member": {"pk": "membership"},
    "accounts:reveal": {"pk": "membership"},
    "accounts:cancel_invitation": {"pk": "invitation"},
    "accounts:registration": {"pk": "unit"},
    "notifications:*": {"pk": "message"},
    "system:place": {"pk": "jurisdiction"},
    "system:new_office": {"pk": "jurisdiction"},
    "system:office": {"pk": "office"},
    "system:calendar_year": {"year": "=2024"},
    "documents:file": {"pk": "stored"},
    "documents:*": {"pk": "document"},
    "place:call": {"pk": "call"},
    "api:application": {"pk": "filed"},
    "applications:*": {
        "call_pk": "call",
        "pk": "draft",
        "material_pk": "draft_material",
        "path": "=basic",
        "group": "=project",
        "slot": "=licence",
        "token": "=no-such-upload",
        "number": "=1",
        "key": "=notice.days",
        "form": "=xlsx",
    },
    "applications:call": {"pk": "call"},
    "applications:call_edit": {"pk": "call"},
    "applications:call_publish": {"pk": "call"},
    "applications:call_cancel": {"pk": "call"},
    "applications:call_setting": {"pk": "call", "key": "=notice.days"},
    "applications:receipt": {"pk": "filed"},
    "applications:withdraw": {"pk": "filed"},
    "applications:history": {"pk": "filed"},
    "applications:version_changes": {"pk": "filed"},
    "applications:reading": {"pk": "filed"},
    "applications:open": {"pk": "filed"},
    "applications:verdict": {"pk": "filed", "code": "=HZ-C01"},
    "applications:remark": {"pk": "filed"},
    "applications:settle": {"pk": "filed", "remark_pk": "remark"},
    "applications:original": {"pk": "filed", "material_pk": "material"},
    "applications:decide": {"pk": "filed", "kind": "=accept"},
    "assessments:*": {"pk": "base", "row_pk": "ledger_row", "import_pk": "ledger_import", "ledger": "=trainees"},
    "assessments:case": {"pk": "case"},
    "assessments:case_evidence": {"pk": "case"},
    "assessments:case_serve": {"pk": "case"},
    "assessments:case_hearing": {"pk": "case"},
    "assessments:case_decide": {"pk": "case"},
    "assessments:case_drop": {"pk": "case"},
    "assessments:case_carry_out": {"pk": "case"},
    "assessments:my_case": {"pk": "case"},
    "assessments:my_case_waive": {"pk": "case"},
    "assessments:improvement_guide": {"pk": "improvement"},
    "assessments:improvement_extend": {"pk": "improvement"},
    "assessments:improvement_close": {"pk": "improvement"},
    "assessments:announcement": {"pk": "announcement"},
    "assessments:taken_over_one": {"pk": "taking_over"},
    **{f"assessments:{name}": {"pk": "report"} for name in ("report", "report_accept", "report_return")},
    **{
        f"assessments:{name}": {"pk": "base", "key": "=plan", "start": "=2024-01-01"}
        for name in ("my_report", "my_report_save", "my_report_here", "my_report_check")
    },
    **{
        f"assessments:report_{name}": {
            "pk": "base",
            "key": "=plan",
            "start": "=2024-01-01",
            "slot": "=plan",
            "token": "=no-such-upload",
            "file": "report_file",
        }
        for name in ("file_add", "file_remove", "upload_begin", "upload_piece", "upload_finish")
    },
    **{
        f"assessments:{name}": {"pk": "round"}
        for name in ("round", "round_open", "round_drop", "round_close", "round_publish", "round_export", "result_list")
    },
    **{
        f"assessments:assessment{name}": {"pk": "assessment", "code": "=T-1"}
        for name in (
            "",
            "_return",
            "_panel",
            "_recompute",
            "_veto",
            "_judge",
            "_excuse",
            "_propose",
            "_approve",
            "_send_back",
            "_chair",
            "_record",
        )
    },
    "assessments:veto_decide": {"pk": "veto"},
    **{
        f"assessments:my_assessment{name}": {"pk": "base", "assessment_pk": "assessment"}
        for name in ("", "_save", "_here")
    },
    **{
        f"assessments:{name}": {"pk": "claim", "slot": "=summary", "token": "=no-such-upload"}
        for name in (
            "claim",
            "claim_first",
            "claim_second",
            "claim_return",
            "claim_refuse",
            "my_claim",
            "claim_file_add",
            "claim_upload_begin",
            "claim_upload_piece",
            "claim_upload_finish",
            "claim_take_back",
        )
    },
    "assessments:claim_open": {"pk": "base", "support": "=grant"},
    "assessments:claim_file_remove": {"pk": "claim_file"},
    "assessments:award_plaque": {"pk": "grant"},
    "assessments:pay": {"pk": "grant_line"},
    "assessments:pay_order": {"pk": "grant_line"},
    "assessments:payment_correct": {"pk": "payment"},
    "assessments:receive_back": {"pk": "recovery"},
    "place:base": {"pk": "base"},
    "reviews:expert": {"pk": "expert"},
    "reviews:expert_state": {"pk": "expert"},
    "reviews:expert_account": {"pk": "expert"},
    "reviews:panel": {"pk": "accepted"},
    "reviews:assessment_panel": {"pk": "assessing"},
    "reviews:member_add": {"pk": "panel"},
    "reviews:member_chair": {"pk": "seat"},
    "reviews:member_replace": {"pk": "seat"},
    "reviews:panel_convene": {"pk": "panel"},
    "reviews:panel_unseal": {"pk": "panel"},
    "reviews:panel_finish": {"pk": "panel"},
    "reviews:panel_outliers": {"pk": "panel"},
    "reviews:panel_outliers_desk": {"pk": "panel"},
    "reviews:draw": {"pk": "panel"},
    "reviews:draw_commit": {"pk": "panel"},
    "reviews:draw_lock": {"pk": "committed"},
    "reviews:draw_run": {"pk": "locked"},
    "reviews:draw_void": {"pk": "committed"},
    "reviews:draw_request": {"pk": "panel"},
    "reviews:draw_commitment": {"pk": "locked"},
    "reviews:draw_file": {"pk": "locked"},
    "reviews:member_substitute": {"pk": "seat"},
    "reviews:alarm_rule": {"pk": "alarm"},
    "reviews:recommend": {"pk": "recommendation"},
    "reviews:recommend_begin": {"call_pk": "tiered_call"},
    "reviews:recommend_list": {"pk": "recommendation", "application_pk": "cleared"},
    "reviews:recommend_unlist": {"pk": "proposed"},
    "reviews:recommend_reason": {"pk": "proposed"},
    "reviews:recommend_rank": {"pk": "recommendation", "line": "=municipal"},
    "reviews:recommend_give_up": {"pk": "recommendation", "line": "=municipal"},
    "reviews:recommend_texts": {"pk": "recommendation"},
    "reviews:recommend_stamp": {"pk": "recommendation", "paper": "=letter"},
    "reviews:recommend_seal": {"pk": "recommendation"},
    "reviews:recommend_paper": {"pk": "recommendation", "paper": "=letter"},
    "reviews:recommend_summary": {"pk": "recommendation"},
    "reviews:verification": {"pk": "cleared"},
    "reviews:verification_figures": {"pk": "cleared"},
    "reviews:justify": {"pk": "cleared", "code": "=HZ-C01"},
    "reviews:tier_act": {"pk": "cleared", "act": "=reexamine"},
    "reviews:received_call": {"call_pk": "tiered_call"},
    "reviews:received_ledger": {"call_pk": "tiered_call"},
    "reviews:received_one": {"pk": "handed_in"},
    "reviews:received_return": {"pk": "handed_in"},
    "reviews:visit_plan": {"pk": "panel"},
    "reviews:visit_day": {"day": "=2024-09-03"},
    "reviews:expert_day": {"day": "=2024-09-03"},
    "reviews:visit_cancel": {"pk": "visit"},
    "reviews:visit_sheet": {"pk": "visit"},
    "reviews:visit_ics": {"pk": "visit"},
    "reviews:visit_record": {"pk": "visit"},
    "reviews:visit_photo": {"pk": "visit"},
    "reviews:meeting": {"pk": "meeting"},
    "reviews:meeting_files": {"pk": "meeting"},
    "reviews:meeting_settle": {"pk": "meeting"},
    "reviews:meeting_reopen": {"pk": "meeting"},
    "reviews:meeting_drop": {"pk": "meeting"},
    "reviews:meeting_word": {"pk": "meeting"},
    "reviews:meeting_sign": {"pk": "meeting"},
    "reviews:declare": {"pk": "seat"},
    "reviews:file": {"pk": "seat"},
    "reviews:opinion": {"pk": "seat"},
    "reviews:seat_paper": {"pk": "seat"},
    "reviews:reopen_ask": {"pk": "seat"},
    "reviews:chair": {"pk": "panel"},
    "reviews:opinion_reopen": {"pk": "colleague"},
    "reviews:chair_reopen": {"pk": "seat"},
    "reviews:paper_entry": {"panel_pk": "panel", "member_pk": "colleague"},
    "reviews:paper_print": {"panel_pk": "panel", "member_pk": "seat"},
    "reviews:paper_check": {"pk": "paper_entry"},
    "reviews:paper_confirm": {"pk": "paper_entry"},
    "reviews:paper_return": {"pk": "paper_entry"},
    "reviews:result": {"call_pk": "tiered_call"},
    "reviews:result_record": {"call_pk": "tiered_call"},
    "reviews:selection": {"call_pk": "tiered_call"},
    "reviews:score_board": {"call_pk": "tiered_call"},
    "reviews:score_board_sheet": {"call_pk": "tiered_call"},
    "reviews:selection_order": {"pk": "selection"},
    "reviews:selection_move": {"pk": "selection"},
    "reviews:selection_fix": {"pk": "selection"},
    "reviews:selection_print": {"pk": "selection"},
    "reviews:selection_sheet": {"pk": "selection"},
    "reviews:recheck": {"call_pk": "tiered_call"},
    "reviews:recheck_recognise": {"call_pk": "tiered_call"},
    "reviews:shortlist": {"pk": "shortlist"},
    "reviews:entries_add": {"pk": "shortlist"},
    "reviews:entry_add": {"pk": "shortlist", "application_pk": "accepted"},
    "reviews:entry_edit": {"pk": "entry"},
    "reviews:entry_remove": {"pk": "entry"},
    "reviews:name_preview": {"application_pk": "accepted"},
    "reviews:shortlist_propose": {"pk": "shortlist"},
    "reviews:shortlist_approve": {"pk": "shortlist"},
    "reviews:shortlist_send_back": {"pk": "shortlist"},
    "reviews:shortlist_publish": {"pk": "shortlist"},
    "reviews:decline": {"pk": "accepted"},
    "reviews:notice_desk": {"pk": "notice"},
    "reviews:notice_close": {"pk": "notice"},
    "reviews:notice_recognise": {"pk": "notice"},
    "reviews:recognition": {"pk": "recognition"},
    "reviews:objection": {"pk": "objection"},
    "reviews:objection_rule": {"pk": "objection"},
    "reviews:notice": {"pk": "notice"},
    "reviews:notice_list": {"pk": "notice"},
    "reviews:object": {"pk": "notice"},
    "reviews:object_receipt": {"pk": "notice"},
    "reviews:tip_new": {"pk": "notice"},
    "reviews:tip": {"pk": "tip"},
}


class Unmapped(AssertionError):
    """An address takes an argument nobody has said the meaning of."""


def arguments(name: str, wanted: list[str], things: Things) -> dict[str, Any]:
    """Return the values of an address's arguments, apart from the jurisdiction."""
    known = ARGUMENTS.get(f"{name.partition(':')[0]}:*", {}) | ARGUMENTS.get(name, {})
    values = {}
    for argument in wanted:
        if (name, argument) in SPECIAL:
            values[argument] = SPECIAL[name, argument](things)
        elif argument not in known:
            raise Unmapped(f"{name} takes {argument!r}: say in tests/access/arguments.py which object that is")
        else:
            values[argument] = _value(known[argument], things)
    return values


def _value(meaning: str, things: Things) -> Any:
    if meaning.startswith("="):
        return int(meaning[1:]) if meaning[1:].isdigit() else meaning[1:]
    row = getattr(things, meaning, None) or things.rows[meaning]
    return row.pk


def _reset_token(things: Things) -> str:
    return default_token_generator.make_token(things.people["unit_operator"].user)


def _table(things: Things) -> str:
    return f"project/{things.rows['draft'].groups['project'][0]}/equipment/items"


SPECIAL: dict[tuple[str, str], Any] = {
    ("accounts:invitation", "token"): lambda things: things.rows["token"],
    ("accounts:reset", "uid"): lambda things: urlsafe_base64_encode(
        str(things.people["unit_operator"].user.pk).encode()
    ),
    ("accounts:reset", "token"): _reset_token,
    ("api:policy", "code"): lambda things: things.jurisdiction.code,
    **{(f"applications:table_{act}", "path"): _table for act in ("template", "export", "import")},
}

# Where an empty body is turned down before anybody looks whose object it is, what a page would send: type, body.
BODIES = {
    "applications:save": ("application/json", '{"revision": 0, "answers": {}}'),
    "assessments:my_report_save": ("application/json", '{"revision": 0, "answers": {}}'),
    "assessments:my_assessment_save": ("application/json", '{"revision": 0, "answers": {}}'),
    "assessments:report_upload_begin": ("application/json", '{"name": "材料.pdf", "size": 10}'),
    "assessments:claim_upload_begin": ("application/json", '{"name": "材料.pdf", "size": 10}'),
}
FORM = ("application/x-www-form-urlencoded", "")
