"""Trying out what a first host has said: a mail is sent, a table is made and taken back.

What is told when it fails names the server, and never the password.
"""

import getpass
import smtplib
import socket
import ssl
from contextlib import suppress
from email.utils import parseaddr
from typing import Any

import psycopg
from django.core.mail import EmailMessage, get_connection

from config import service_urls

SECONDS = 10
OLDEST_POSTGRESQL = 14  # of Django 5.2
MAIL_SUBJECT = "Colloquy: this site can send mail"
MAIL_BODY = (
    "This mail shows that your new Colloquy at {site} can send mail.\n"
    "You need not answer it. Go on where you are setting it up.\n"
)


class TrialFailed(Exception):
    """What did not work, in a sentence."""


def try_mail(url: str, *, sender: str, to: str, site: str) -> None:
    """Send one mail. Raises TrialFailed."""
    settings = service_urls.mail(url)
    options: dict[str, Any] = {
        "host": settings["EMAIL_HOST"],
        "port": settings["EMAIL_PORT"],
        "username": settings.get("EMAIL_HOST_USER", ""),
        "password": settings.get("EMAIL_HOST_PASSWORD", ""),
        "use_tls": settings["EMAIL_USE_TLS"],
        "use_ssl": settings["EMAIL_USE_SSL"],
        "timeout": settings.get("EMAIL_TIMEOUT", SECONDS),
    }
    transport = get_connection(settings["EMAIL_BACKEND"], **options)
    try:
        body = MAIL_BODY.format(site=site)
        EmailMessage(MAIL_SUBJECT, body, sender, [to], connection=transport).send()
    except OSError as error:
        where = f"{options['host']}, port {options['port']}"
        raise TrialFailed(_why_no_mail(error, where, sender, to)) from None
    finally:
        with suppress(OSError):
            transport.close()


# In this order: the later ones are of the kinds of the earlier.
def _why_no_mail(error: OSError, where: str, sender: str, to: str) -> str:
    said: list[tuple[type[OSError], str]] = [
        (smtplib.SMTPAuthenticationError, f"{where}, does not take this user and password."),
        (smtplib.SMTPRecipientsRefused, f"{where}, takes no mail for {to}."),
        (
            smtplib.SMTPSenderRefused,
            f"{where}, lets this user send nothing as {parseaddr(sender)[1]}.",
        ),
        (smtplib.SMTPNotSupportedError, f"{where}, offers no STARTTLS, or no sign-in."),
        (
            smtplib.SMTPServerDisconnected,
            f"{where}, does not greet: perhaps it wants TLS from the start, as port 465 does.",
        ),
        (smtplib.SMTPException, f"{where}, did not take the mail."),
        (socket.gaierror, f"There is no mail server of the name in “{where}”."),
        (TimeoutError, f"{where}, did not answer: a wrong port, or a firewall."),
        (ConnectionRefusedError, f"Nothing answers at {where}."),
        (ssl.SSLCertVerificationError, f"{where}, shows a certificate that is not valid."),
        (ssl.SSLError, f"{where}, does not speak TLS from the start: try port 587."),
    ]
    return next((why for kind, why in said if isinstance(error, kind)), f"{where}: {error}")


def try_database(url: str) -> None:
    """Make a table, and take it back. Raises TrialFailed."""
    named = service_urls.database(url)
    user, database = named["USER"] or getpass.getuser(), named["NAME"]
    try:
        with psycopg.connect(url, connect_timeout=SECONDS) as connection:
            if connection.info.server_version < OLDEST_POSTGRESQL * 10_000:
                raise TrialFailed(f"PostgreSQL must be {OLDEST_POSTGRESQL} or newer.")
            connection.execute("CREATE TABLE colloquy_trial (id integer)")
            connection.rollback()
    except psycopg.errors.InsufficientPrivilege:
        owner = f"ALTER DATABASE {database} OWNER TO {user}"
        why = f"{user} may make no tables in {database}. As PostgreSQL’s administrator: {owner};"
        raise TrialFailed(why) from None
    except psycopg.Error as error:
        lines = [line for line in str(error).splitlines() if line.strip()]
        raise TrialFailed(f"The database cannot be used: {lines[-1].strip()}") from None
