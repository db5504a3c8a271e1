"""Asking at a terminal: each answer is checked at once, and asked for again with what is wrong."""

import sys
from getpass import getpass
from urllib.parse import quote

from django.core.management.base import CommandError, OutputWrapper

from config.service_urls import MAIL_OFF, NotSuch, is_host, mail
from hosting.setup.answers import SetupQuestion

DEFAULT_PORT = "587"  # submission, with STARTTLS
TLS_PORT = "465"  # TLS from the start


class Terminal:
    """Questions and answers, a line each."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out = out

    def say(self, words: str) -> None:
        self._out.write(words)
        self._out.flush()

    def ask(self, question: SetupQuestion, default: str = "") -> str:
        default = default or question.default
        while True:
            said = self._line(f"{question.asks}{f' [{default}]' if default else ''}: ") or default
            try:
                return question.check(said)
            except NotSuch as why:
                self.say(f"  That {why}.")

    def ask_mail(self) -> str:
        """The EMAIL_URL of the server that is named part by part, or “off”."""
        while True:
            asks = "Mail server, as in mail.example.org; “off” if there is none"
            said = self._line(f"{asks}: ")
            url = said if said == MAIL_OFF or "://" in said else self._server_url(said)
            try:
                mail(url)
            except NotSuch as why:
                self.say(f"  That {why}.")
            else:
                return url

    def agrees(self, asks: str) -> bool:
        return self._line(f"{asks} [y/N]: ").lower() in {"y", "yes"}

    def _server_url(self, host: str) -> str:
        if not is_host(host):
            return ""
        ports = f"{DEFAULT_PORT}: STARTTLS; {TLS_PORT}: TLS; 25: neither"
        port = self._line(f"  Its port ({ports}) [{DEFAULT_PORT}]: ") or DEFAULT_PORT
        user = self._line("  User there; empty if it asks for none: ")
        word = self._secret("  Password there (it is not shown): ") if user else ""
        who = f"{quote(user, safe='')}:{quote(word, safe='')}@" if user else ""
        scheme = "smtp" if port in {TLS_PORT, "25"} else "submission"
        return f"{scheme}://{who}{host}:{port}{'?ssl=true' if port == TLS_PORT else ''}"

    def _line(self, asks: str) -> str:
        self._out.write(asks, ending="")
        self._out.flush()
        line = sys.stdin.readline()
        if not line:
            raise CommandError("There is nobody to answer: give the answers with --no-input.")
        return line.strip()

    def _secret(self, asks: str) -> str:
        return getpass(asks).strip() if sys.stdin.isatty() else self._line(asks)
