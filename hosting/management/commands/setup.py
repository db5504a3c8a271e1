"""`manage.py setup`: bring an instance up. It asks, tries out, writes the settings and ends with a
link; `--link` gives another.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from accounts.mail import sends_mail
from accounts.models import User
from config.service_urls import MAIL_OFF, NotSuch
from hosting.setup import answers, env_file, trials
from hosting.setup.answers import Answers, SetupQuestion
from hosting.setup.first_host import DAYS, NoSuchHost, link_for_host, make_host
from hosting.setup.terminal import Terminal

# What brings the database and the files to the state of the code; each is done again at no harm.
PREPARING = (
    (["migrate", "--verbosity", "0"], "Making the tables."),
    (["createcachetable"], ""),
    (["collectstatic", "--noinput", "--verbosity", "0"], "Laying out style sheets and scripts."),
)


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Bring this instance up: asks, writes the settings, and ends with the link to open."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-input", action="store_true", help="ask nothing")
        parser.add_argument("--address", help="of the site, as in read.example.org")
        parser.add_argument("--name", help="of the first instructor, who hosts")
        parser.add_argument("--email", help="of the first instructor")
        parser.add_argument("--mail", help="an EMAIL_URL, or off; or set EMAIL_URL")
        parser.add_argument("--sender", help="who mails come from")
        parser.add_argument("--database", help="a DATABASE_URL, or sqlite; or set DATABASE_URL")
        parser.add_argument("--time-zone", help="as in Europe/Berlin")
        parser.add_argument("--untried-mail", action="store_true", help="send no mail as a trial")
        parser.add_argument("--replace", action="store_true", help="write the settings anew")
        parser.add_argument("--link", action="store_true", help="only give a host a new link")

    def handle(self, *args: Any, **options: Any) -> None:
        self.options, self.terminal = options, Terminal(self.stdout)
        refuse_root()
        file = settings.ENV_FILE
        if options["link"]:
            self._give_link()
        elif file.exists() and not options["replace"]:
            self._go_on(file)
        else:
            self._set_up(file)

    def _set_up(self, file: Path) -> None:
        said = self._all_answers()
        variables = said.variables()
        if os.environ.get("VAR_DIR"):
            variables["VAR_DIR"] = str(settings.VAR_DIR.resolve())
        try:
            env_file.write_settings(file, variables, replace=self.options["replace"])
        except (OSError, NotSuch) as error:
            raise CommandError(f"{file} cannot be written: {error}") from None
        self.terminal.say(f"The settings are in {file}.")
        # What was answered goes before what this shell says.
        environment = {name: word for name, word in os.environ.items() if name not in variables}
        environment["ENV_FILE"] = str(file)
        self._prepare(environment)
        self._manage(["setup", "--link", "--name", said.name, "--email", said.email], environment)

    def _go_on(self, file: Path) -> None:
        """Say what is there; where it has nobody who hosts, it was left in the middle."""
        try:
            hosts = list(User.objects.filter(is_host=True).order_by("pk"))
        except DatabaseError:
            hosts = []
        self.terminal.say(f"This instance is set up, by {file}:")
        kind = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2].removesuffix("3")
        self.terminal.say(f"  address    {settings.SITE_URL}")
        self.terminal.say(f"  database   {kind}")
        self.terminal.say(f"  mail       {settings.EMAIL_HOST if sends_mail() else MAIL_OFF}")
        self.terminal.say(f"  hosted by  {', '.join(map(str, hosts)) or 'nobody yet'}")
        if hosts:
            self.terminal.say(
                "Nothing was changed. `manage.py setup --link` gives a host a link to a new "
                "password; `--replace` asks for the settings anew."
            )
            return
        name, email = self._ask(answers.NAME), self._ask(answers.EMAIL)
        self._prepare(dict(os.environ))
        self._show_link(make_host(name=name, email=email).email)

    def _prepare(self, environment: dict[str, str]) -> None:
        for command, words in PREPARING:
            if words:
                self.terminal.say(words)
            self._manage(command, environment)

    def _manage(self, command: list[str], environment: dict[str, str]) -> None:
        """Run a command in a process of its own, which reads the settings as they are now."""
        whole = [sys.executable, sys.argv[0], *command]
        if subprocess.run(whole, env=environment, check=False).returncode:  # noqa: S603 - ours
            again = "Mend that and run setup again: it goes on from there."
            raise CommandError(f"manage.py {command[0]} failed. {again}")

    def _give_link(self) -> None:
        if settings.DEVELOPMENT:
            raise CommandError("Nothing is set up here yet: run setup without --link.")
        if self.options["name"]:
            make_host(name=self.options["name"], email=self.options["email"])
        self._show_link(self.options["email"] or "")

    def _show_link(self, email: str) -> None:
        try:
            link = link_for_host(email)
        except NoSuchHost as why:
            raise CommandError(str(why)) from None
        self.terminal.say(
            f"\nStart the server and the worker (docs/hosting.md), then open\n\n  {link}\n\n"
            f"and choose a password. The link works once, and for {DAYS} days;\n"
            "`manage.py setup --link` gives another."
        )

    def _all_answers(self) -> Answers:
        if self.options["no_input"]:
            self._refuse_gaps()
        address = self._ask(answers.ADDRESS)
        name, email = self._ask(answers.NAME), self._ask(answers.EMAIL)
        mail, sender = self._mail(address, email)
        database = self._database()
        zone = self._ask(answers.TIME_ZONE, answers.local_time_zone())
        return Answers(address, name, email, mail, sender, database, zone)

    def _given(self, question: SetupQuestion) -> str:
        option = self.options[question.option.replace("-", "_")]
        return str(option or os.environ.get(question.variable, "") or "")

    def _ask(self, question: SetupQuestion, default: str = "", *, anew: bool = False) -> str:
        """The answer from the options, or else from whoever sits there."""
        given = "" if anew else self._given(question)
        if not given and not self.options["no_input"]:
            return self.terminal.ask(question, default)
        try:
            return question.check(given or default or question.default)
        except NotSuch as why:
            raise CommandError(f"--{question.option} {why}.") from None

    def _refuse_gaps(self) -> None:
        needed = (answers.ADDRESS, answers.NAME, answers.EMAIL, answers.MAIL)
        gaps = [f"--{one.option}" for one in needed if not self._given(one)]
        if gaps:
            raise CommandError(f"With --no-input give {', '.join(gaps)}, too.")

    def _mail(self, address: str, email: str, *, anew: bool = False) -> tuple[str, str]:
        """The mail server and the sender: a mail went out, or whoever asks goes on without."""
        given = "" if anew else self._given(answers.MAIL)
        mail = self._ask(answers.MAIL) if given else self.terminal.ask_mail()
        host = address.removeprefix("https://").partition(":")[0]
        default = f"Colloquy <colloquy@{host}>"
        if mail == MAIL_OFF:
            return mail, default
        sender = self._ask(answers.SENDER, default, anew=anew)
        if self.options["untried_mail"]:
            return mail, sender
        try:
            trials.try_mail(mail, sender=sender, to=email, site=address)
        except trials.TrialFailed as why:
            if self.options["no_input"]:
                raise CommandError(f"{why} (--untried-mail goes on all the same.)") from None
            self.terminal.say(f"  {why}")
            if self.terminal.agrees("  Go on all the same, and mend it later?"):
                return mail, sender
            return self._mail(address, email, anew=True)
        self.terminal.say(f"  A mail from {parseaddr(sender)[1]} went out to you: look for it.")
        return mail, sender

    def _database(self, *, anew: bool = False) -> str:
        url = self._ask(answers.DATABASE, anew=anew)
        if answers.is_file(url):
            return url
        try:
            trials.try_database(url)
        except trials.TrialFailed as why:
            if self.options["no_input"]:
                raise CommandError(str(why)) from None
            self.terminal.say(f"  {why}")
            return self._database(anew=True)
        return url


def refuse_root() -> None:
    """Stop where root would make files that the server could not write."""
    owner = Path(settings.BASE_DIR).stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        name = Path(settings.BASE_DIR).owner()
        raise CommandError(f"Run it as the user of the server: sudo -u {name} {sys.argv[0]} setup")
