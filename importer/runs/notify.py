"""Tells whoever runs the service when the daily import has failed, and when it works again.

Once each: what is told is the change. By e-mail, and by calling an address (which suits
services that watch cron jobs, and chat rooms).
"""

import logging

import requests
from django.conf import settings
from django.core.mail import send_mail

from importer.models import ImportRun

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 5


def tell_if_changed(run: ImportRun) -> None:
    """After a daily run has ended: tell when it failed and the one before had not, or reversed."""
    if run.kind != ImportRun.Kind.DAILY:
        return
    failed = run.state == ImportRun.State.FAILED
    if failed != had_failed_before(run):
        tell("failed" if failed else "works again", run)


def had_failed_before(run: ImportRun) -> bool:
    ended = ImportRun.objects.filter(
        kind=run.kind, state__in=[ImportRun.State.SUCCEEDED, ImportRun.State.FAILED]
    )
    before = ended.exclude(pk=run.pk).order_by("-finished_at").first()
    return before is not None and before.state == ImportRun.State.FAILED


def tell(what: str, run: ImportRun) -> None:
    """By every way that is set; one that does not work is logged and stops nothing."""
    subject = f"World in Movies: the daily import {what}"
    if settings.NOTIFY_EMAILS:
        try:
            send_mail(subject, run.error or "All of it worked.", None, settings.NOTIFY_EMAILS)
        except OSError as error:
            log.error("the e-mail could not be sent: %s", error)  # noqa: TRY400
    if settings.NOTIFY_URL:
        try:
            requests.post(
                settings.NOTIFY_URL,
                json={"text": subject, "state": run.state, "error": run.error},
                timeout=TIMEOUT_SECONDS,
            ).raise_for_status()
        except requests.RequestException as error:
            # Without the address, which may carry a secret.
            log.error("NOTIFY_URL could not be called: %s", type(error).__name__)  # noqa: TRY400
