"""All settings, from the environment, with safe defaults.

Development needs no variable. Production needs SECRET_KEY, ALLOWED_HOSTS and EMAIL_URL;
docs/hosting.md lists every variable. What is wrong is refused at start, by name.
"""

import os
import secrets
from pathlib import Path
from typing import Any

from config.environment import Environment
from database.sqlite_version import use_safe_sqlite

SQLITE_VERSION = use_safe_sqlite()

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

# What `manage.py setup` writes; every command, the server and the worker read it.
ENV_FILE = Path(os.environ.get("ENV_FILE") or BASE_DIR / "colloquy.env")
env = Environment(ENV_FILE)
VAR_DIR = env.folder("VAR_DIR", default=BASE_DIR / "var")


def _development_key() -> str:
    """Return this folder's own key, made on first use, so that sign-ins outlive a restart."""
    path = VAR_DIR / "development-key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii")


# --- What kind of instance this is -------------------------------------------------------------
# Without a SECRET_KEY this is somebody's own machine: it answers on the loopback
# addresses alone, so a server put on the net without its key serves nobody.
SECRET_KEY = env.text("SECRET_KEY")
DEVELOPMENT = not SECRET_KEY
# Those before it, separated by commas: sessions, links and second factors of theirs go on.
SECRET_KEY_FALLBACKS = [one for one in env.text("SECRET_KEY_FALLBACKS").split(",") if one]
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default=LOOPBACK if DEVELOPMENT else [])

if DEVELOPMENT:
    SECRET_KEY = _development_key()
    if not set(ALLOWED_HOSTS) <= {*LOOPBACK, "testserver"}:
        raise env.wrong("ALLOWED_HOSTS", "names a public host: set SECRET_KEY too")
else:
    if len(SECRET_KEY) < 32:
        raise env.wrong("SECRET_KEY", "is too short: give it 32 characters or more")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise env.wrong("ALLOWED_HOSTS", "must name this server’s hosts, without *")
    if DEBUG:
        raise env.wrong("DEBUG", "shows secrets to visitors: unset it in production")
    if DEMO:
        raise env.wrong("DEMO", "lets anyone in as anyone: unset it in production")

# --- Apps ---------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "accounts",
    "seminars",
    "readings",
    "discussions",
    "quizzes",
    "overview",
    "gradebook",
    "home",
    "personal_data",
    "lifecycle",
    "hosting",
    "demo",
    "config",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",  # the templates of its widgets, for FORM_RENDERER
]
if DEVELOPMENT:
    INSTALLED_APPS.append("scripts.bench")  # `manage.py bench`

MIDDLEWARE = [
    "config.middleware.request_id",
    "config.middleware.security_headers",
    "config.middleware.health_probes",
    "config.middleware.readable_headers",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.bounded_body",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.AuthenticationMiddleware",
    "accounts.middleware.own_time_zone",
    "config.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "seminars.second_factor.SecondFactorRequired",
    "config.middleware.PostingPace",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "config.template_tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.display",
                "accounts.context.mail",
                "seminars.context.membership",
                "seminars.news_bell.bell",
                "seminars.review_count.waiting",
            ],
        },
    }
]

# --- Database -----------------------------------------------------------------------------------
DATABASES: dict[str, Any] = {
    "default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'colloquy.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Django's own, whose writers queue and whose open connections see a restored file.
    DATABASES["default"]["ENGINE"] = "database.backends.sqlite3"
    # To open a connection costs more than a small page does: each thread keeps its own.
    DATABASES["default"].update(CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=True)
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that reads first and writes later would otherwise fail at
        # once with "database is locked"; IMMEDIATE makes it wait its turn.
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        # FULL: an acknowledged comment survives a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # Django's own, whose server plans once what every page asks.
    DATABASES["default"]["ENGINE"] = "database.backends.postgresql"
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
    # A pooler that hands out connections by transaction may not know who prepared what.
    if env.flag("PREPARED_STATEMENTS", default=True):
        DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = 3

CACHES: dict[str, Any] = {"default": env.cache("CACHE_URL", default="db://colloquy_cache")}
if CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
    # It forgets a third of its rows when it is full, and Django's limit is 300: a flood of
    # sign-ins under made-up addresses would wash the limits of tries away.
    CACHES["default"].setdefault("OPTIONS", {})["MAX_ENTRIES"] = 100_000
# In the database on many machines too: a session that ends has ended for all of them at once.
SESSION_ENGINE = "accounts.sessions"

# --- People and sign-in ------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# Addresses are unique whatever their capitals, by a constraint that this check does not know.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.password_rules.OwnWordsValidator"},
]
LOGIN_URL = "demo_entrance" if DEMO else "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "seminars.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.sign_in_forms.SignInForm",
    "signup": "accounts.sign_in_forms.SignUpForm",
    "add_email": "accounts.sign_in_forms.AddEmailForm",
    "change_password": "accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "accounts.sign_in_forms.SetPasswordForm",
    "reset_password": "accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.sign_in_forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.NameForm"
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Colloquy: "
# Told by mail to whose account it is: a new password, address or second factor.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Who changes anything of that says once more who they are: five minutes long it is not asked again.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Of whom a second factor is asked: of hosts, of all who instruct or assist too, or of nobody.
REQUIRE_SECOND_FACTOR = env.choice(
    "REQUIRE_SECOND_FACTOR", "off", ["OFF", "HOSTS", "STAFF"]
).lower()
MFA_ADAPTER = "seminars.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Or nobody could have one where no mail is sent; and who has one could not change their address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "accounts.second_factor_forms.AuthenticateForm",
    "reauthenticate": "accounts.second_factor_forms.ReauthenticateByCodeForm",
    "activate_totp": "accounts.second_factor_forms.ActivateAppForm",
    "deactivate_totp": "accounts.second_factor_forms.DeactivateAppForm",
    "generate_recovery_codes": "accounts.second_factor_forms.GenerateCodesForm",
    "add_webauthn": "accounts.second_factor_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.second_factor_forms.EditPasskeyForm",
    "authenticate_webauthn": "accounts.second_factor_forms.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "accounts.second_factor_forms.ReauthenticatePasskeyForm",
    "login_webauthn": "accounts.second_factor_forms.SignInWithPasskeyForm",
}

# --- Mail ---------------------------------------------------------------------------------------
# Whoever hosts says how mail is sent, or that none is: without, nobody can have a new password.
vars().update(
    env.mail("EMAIL_URL", default="console://" if DEVELOPMENT else "", production=not DEVELOPMENT)
)
# A page waits for no mail server: the worker sends what is queued (accounts/mail.py).
MAIL_TRANSPORT: str = vars()["EMAIL_BACKEND"]
if not MAIL_TRANSPORT.endswith("dummy.EmailBackend"):
    EMAIL_BACKEND = "accounts.mail.QueuedBackend"
# Seconds, for the connection and for each answer.
EMAIL_TIMEOUT = vars().get("EMAIL_TIMEOUT", 10)
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", default="Colloquy <colloquy@localhost>")

# Where mails that no page has asked for lead to.
_OWN_ADDRESS = "http://127.0.0.1:8000" if DEVELOPMENT else f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
SITE_URL = env.site("SITE_URL", _OWN_ADDRESS, ALLOWED_HOSTS, secure=not DEVELOPMENT)

# --- Backups ------------------------------------------------------------------------------------
# Taken at night by the worker, and proven once a week; on somebody's own machine only if asked.
_BACKUPS = env.text("BACKUP_DIR", default="off" if DEVELOPMENT else str(VAR_DIR / "backups"))
BACKUP_DIR: Path | None = None if _BACKUPS == "off" else Path(_BACKUPS)
# The hour after which the night's is due, by TIME_ZONE.
BACKUP_HOUR = env.number("BACKUP_HOUR", default=3)
if BACKUP_HOUR not in range(24):
    raise env.wrong("BACKUP_HOUR", f"must be an hour from 0 to 23, and is “{BACKUP_HOUR}”")
BACKUP_KEEP = env.number("BACKUP_KEEP", default=14)
if BACKUP_KEEP < 1:
    raise env.wrong("BACKUP_KEEP", "must be 1 or more: BACKUP_DIR=off takes no backups")

# --- Posting ------------------------------------------------------------------------------------
# Threads, comments and reports of one person: a quick hand marks one in two seconds. 0 is no limit.
POSTS_PER_MINUTE = env.number("POSTS_PER_MINUTE", default=40)

# --- Language and time ---------------------------------------------------------------------------
# Every word is marked for translation, and none is translated yet: `makemessages` writes here.
LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.time_zone("TIME_ZONE")
# So long a deleted seminar can be taken back.
SEMINAR_DELETION_DAYS = env.number("SEMINAR_DELETION_DAYS", default=30)
USE_TZ = True

# --- Background tasks ---------------------------------------------------------------------------
# Kept in the database, so that a host runs no other service; `manage.py db_worker` does them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.storage.HashedStaticFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Where guides lie that attach themselves to the essay which they name.
GUIDE_DIRS = [BASE_DIR / "demo" / "guides"]
# 20 MB: the largest essay a host should read, with the form around it.
IMPORT_MAX_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FORM_RENDERER = "config.forms.FormRenderer"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"

# --- Headers (more in config/middleware.py) ------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if not DEVELOPMENT:
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
    # A day: a mistake with a certificate is over tomorrow. docs/hosting.md says how it grows.
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", default=86_400)
    # A promise for hosts that may be somebody else's, and one that takes months to take back:
    # the host's to make.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS")
    SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD")
    _for_a_year = SECURE_HSTS_SECONDS >= 31_536_000 and SECURE_HSTS_INCLUDE_SUBDOMAINS
    if SECURE_HSTS_PRELOAD and not _for_a_year:
        asks = "SECURE_HSTS_SECONDS=31536000 or more and SECURE_HSTS_INCLUDE_SUBDOMAINS=true"
        raise env.wrong("SECURE_HSTS_PRELOAD", f"needs {asks}, as browsers ask for it")
    SILENCED_SYSTEM_CHECKS += ["security.W005", "security.W021"]
    if env.flag("BEHIND_PROXY"):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        # Else all people behind the proxy would share one address and its limits of tries.
        ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # __Host-: no other host of the domain can set or read these.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in ALLOWED_HOSTS]

# --- Logs: no words of members, no addresses -------------------------------------------------
LOG_LEVEL = env.choice("LOG_LEVEL", "WARNING", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {request_id} {message}", "style": "{"}
    },
    "filters": {
        "refused_in_one_line": {"()": "config.logs.RefusedInOneLine"},
        "redact_tokens": {"()": "config.logs.RedactTokens"},
        "request_id": {"()": "config.logs.RequestId"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["refused_in_one_line", "redact_tokens", "request_id"],
        }
    },
    "loggers": {"colloquy.security": {"level": "INFO"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
