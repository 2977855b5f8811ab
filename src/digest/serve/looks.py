"""What a path shows in a state of the preview, and by what a browser knows that it is stale."""

import msgspec

from digest.cache.keys import digest_of
from digest.diagnostics import Diagnostic, DigestError, format_diagnostic
from digest.model.held import Held, Reason
from digest.serve.guard import PREFIX
from digest.serve.records import Resource
from digest.serve.snapshot import SiteSnapshot
from digest.serve.state import State

_LABELS = {Reason.DRAFT: "Draft", Reason.SCHEDULED: "Scheduled", Reason.EXPIRED: "Expired"}


class Look(msgspec.Struct, frozen=True):
    """What a path shows.

    Attributes:
        status: Status of the answer.
        token: Equal for two looks that show the same.
        resource: What stands there, or the site's page for what does not; None for findings.
        location: Where to look instead, decoded, or empty.
        findings: Why there is nothing to show.
    """

    status: int
    token: str
    resource: Resource | None = None
    location: str = ""
    findings: tuple[Diagnostic, ...] = ()


def look_up(state: State, path: str) -> Look:
    """Return what a path shows; the address of a page without its slash leads to the page."""
    if path == f"{PREFIX}suggestions":  # they take long to make, so they do not follow every save
        return Look(200, "suggestions")
    if path.startswith(PREFIX):
        return Look(200, f"inspector-{state.number}")
    if path == PREFIX.removesuffix("/"):
        return Look(308, "308", location=PREFIX)
    snapshot = state.snapshot
    if snapshot is None:
        return Look(503, f"503-{state.number}", findings=state.findings)
    try:
        return _look(snapshot, path)
    except DigestError as fault:
        text = "\n".join(map(format_diagnostic, fault.diagnostics))
        token = f"500-{digest_of(text.encode()).hex()}"
        return Look(500, token, findings=fault.diagnostics)


def _look(snapshot: SiteSnapshot, path: str) -> Look:
    resource = snapshot.find(path)
    if resource:
        return Look(200, _token(resource), resource)
    if path == "/":
        return Look(307, "307", location=snapshot.base)
    if not path.endswith("/") and snapshot.find(f"{path}/"):
        return Look(308, "308", location=f"{path}/")
    missing = snapshot.find(f"{snapshot.base}404.html")
    return Look(404, f"404-{missing.mark if missing else ''}", missing)


def _token(resource: Resource) -> str:
    """Return what is other when the bytes are, or the badge."""
    held = resource.held
    return f"{resource.mark} {held_label(held)}" if held else resource.mark


def held_label(held: Held) -> str:
    """Return why a page is not published, in words."""
    if held.reason is Reason.SCHEDULED and held.until:
        return f"Scheduled for {held.until:%Y-%m-%d %H:%M %z}".rstrip()
    if held.reason is Reason.DRAFT:
        return "Draft: not published"
    return _LABELS[held.reason]


def held_word(held: Held) -> str:
    """Return why a page is not published, in one word."""
    return _LABELS[held.reason]
