"""Ask the package registries whether a locked package has a known vulnerability.

Exit code 0: asked and clean. 1: a vulnerability, or a package that nobody can vouch for. 75: not
done, because no registry within reach answers such questions; every lock that was not audited is
named at the end, and never taken for clean. With ``ZHIJIAN_AUDIT=required`` in the environment that
is a failure too: set it where a registry must answer, as on a build server before a release.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CLEAN, FOUND, NOT_DONE = 0, 1, 75
#: The first is short: when nobody answers for it, the long ones need not be asked about.
LOCKS = (
    "requirements-uv.lock",
    "requirements-node.lock",
    "requirements.lock",
    "requirements-dev.lock",
)
_NPM = "package-lock.json"
#: How pip-audit and what it stands on say that nobody answered.
_NOBODY_THERE = (
    "requests.exceptions.",
    "ServiceError",
    "Could not connect to",
    "is not redirecting properly",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of asking about one lock, and the lines that tell it."""

    code: int
    lines: tuple[str, ...]


def judge_python(report: dict[str, Any]) -> Verdict:
    """Judge what pip-audit answered: a package that was skipped is as bad as a vulnerable one."""
    packages = report["dependencies"]
    skipped = [each for each in packages if "skip_reason" in each]
    if packages and len(skipped) == len(packages):
        reason = skipped[0]["skip_reason"]
        return Verdict(NOT_DONE, (f"the index knows no vulnerabilities of any package: {reason}",))
    bad = [f"not audited: {each['skip_reason']}" for each in skipped]
    for each in packages:
        for vulnerability in each.get("vulns", ()):
            fixed = ", ".join(vulnerability["fix_versions"]) or "no version yet"
            found = f"{each['name']} {each['version']}: {vulnerability['id']}"
            bad.append(f"{found}, mended in {fixed}")
    return Verdict(FOUND if bad else CLEAN, tuple(dict.fromkeys(bad)))


def judge_npm(report: dict[str, Any]) -> Verdict:
    """Judge what npm answered: a message of the registry, a fault of ours, or a list."""
    if "message" in report:
        reason = _without_address(report["message"])
        return Verdict(NOT_DONE, (f"the registry does not audit: {reason}",))
    if "vulnerabilities" not in report:
        return Verdict(FOUND, (f"not audited: {report['error']['summary']}",))
    bad = [f"{name}: {each['severity']}" for name, each in report["vulnerabilities"].items()]
    return Verdict(FOUND if bad else CLEAN, tuple(bad))


def audit_python(lock: str) -> Verdict:
    """Ask about every package of a lock."""
    command = [str(Path(sys.executable).parent / "pip-audit"), "--requirement", lock]
    options = ("--require-hashes", "--disable-pip", "--format=json", "--progress-spinner=off")
    return _judged([*command, *options], judge_python)


def audit_npm() -> Verdict:
    """Ask about every package of ``package-lock.json``."""
    return _judged(["npm", "audit", "--package-lock-only", "--json"], judge_npm)


def main() -> int:
    """Ask about all locks and tell what was found."""
    code, left = CLEAN, list(LOCKS)
    while left:
        verdict = audit_python(left[0])
        code = _tell(left[0], verdict, code)
        if verdict.code == NOT_DONE:
            break
        left.pop(0)
    npm = audit_npm()
    code = _tell(_NPM, npm, code)
    return conclude(code, [*left, *([_NPM] if npm.code == NOT_DONE else [])])


def conclude(code: int, not_audited: Sequence[str]) -> int:
    """Name once more what was not audited; a failure where an audit is required."""
    if not not_audited:
        return code
    required = os.environ.get("ZHIJIAN_AUDIT") == "required"
    print(f"*** NOT AUDITED: {', '.join(not_audited)} ***")
    print(
        "*** ZHIJIAN_AUDIT=required, so this fails. ***\n"
        if required
        else "*** Nothing is known about their vulnerabilities; ZHIJIAN_AUDIT=required fails. ***\n"
    )
    return FOUND if required else code


def _judged(command: Sequence[str], judge: Callable[[dict[str, Any]], Verdict]) -> Verdict:
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return Verdict(NOT_DONE, (f"{Path(command[0]).name} is not installed",))
    try:
        return judge(json.loads(done.stdout))
    except ValueError:
        return judge_silence(done.stderr)


def judge_silence(complaint: str) -> Verdict:
    """Judge a question that ended without an answer: the network, or a fault of ours."""
    reason = _without_address((complaint.strip().splitlines() or ["it said nothing"])[-1])
    if any(sign in complaint for sign in _NOBODY_THERE):
        return Verdict(NOT_DONE, (f"the index does not answer: {reason}",))
    return Verdict(FOUND, (f"not audited: {reason}",))


def _without_address(text: str) -> str:
    """Cut a complaint before it names a host, which is nobody's business in a log."""
    return re.split(r"\(?https?|\bHTTP\w*\(", text, maxsplit=1)[0].rstrip(" -:")


def _tell(lock: str, verdict: Verdict, before: int) -> int:
    if verdict.code == NOT_DONE:
        print(f"\n*** {lock} was NOT audited: {'; '.join(verdict.lines)} ***\n")
        return before or NOT_DONE
    for line in verdict.lines:
        print(f"{lock}: {line}")
    if verdict.code == CLEAN:
        print(f"{lock}: no known vulnerability")
        return before
    return FOUND


if __name__ == "__main__":
    sys.exit(main())
