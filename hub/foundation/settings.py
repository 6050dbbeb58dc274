"""Every setting of Qabul: environment variables with the prefix QABUL_, or a `.env` file.

`QABUL_<NAME>_FILE` names a file to read the value from, for secrets handed over as files.
"""

import os
import secrets
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "QABUL_"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True)

    environment: Literal["development", "production"] = Field(
        "development",
        description="`production` refuses to start with missing secrets, demo sign-ins, the playground, "
        "fault hooks, an empty webhook secret or unsafe database durability.",
    )
    data_dir: Path = Field(
        Path("var"), description="Folder of the database, attachments and generated secrets."
    )
    database_url: str = Field(
        "",
        description="SQLAlchemy address; empty means SQLite in the data folder. PostgreSQL: `postgresql+psycopg://`.",
    )
    broker_url: str = Field("memory://", description="Celery's broker: `memory://`, `redis://` or `amqp://`.")
    redis_url: str = Field("", description="Optional: rate limits shared between processes.")
    secret_key: str = Field("", description="Seals personal data and signs tokens; generated in development.")
    public_url: str = Field("", description="Address citizens reach the site at; default: host and port.")
    host: str = Field("127.0.0.1", description="Address the web server listens on.")
    port: int = Field(8000, description="Port the web server listens on; the variable PORT overrides it.")
    trusted_proxies: str = Field(
        "", description="Comma-separated proxy addresses whose forwarding headers count."
    )
    telegram_token: str = Field("", description="Bot token; empty in development starts the playground.")
    telegram_api_url: str = Field("https://api.telegram.org", description="Bot API server.")
    telegram_mode: Literal["polling", "webhook"] = Field("polling", description="How updates arrive.")
    telegram_webhook_secret: str = Field(
        "", description="Secret header of the webhook; required in production."
    )
    playground_port: int = Field(8010, description="Port of the bundled playground (development only).")
    smtp_url: str = Field(
        "", description="`smtp://user:password@host:port`, `smtps://` or `smtp+starttls://`."
    )
    mail_from: str = Field("", description="Sender address of e-mail to citizens.")
    operator: str = Field(
        "", description="Name and taxpayer number of the operator of personal data, as the consent names it."
    )
    country_pack: str = Field("uz", description="Folder name in `knowledge/packs`, or a path to a pack.")
    encoder: str = Field(
        "",
        description="Sentence encoder for routing by meaning: a model's folder or the package that carries "
        "it; needs `qabul[semantic]`; empty means none.",
    )
    answer_precision: float = Field(
        0.95,
        gt=0.5,
        lt=1,
        description="Share of the answers given without a person that is promised to be right; a higher "
        "promise answers fewer questions.",
    )
    timezone: str = Field("", description="Time zone of legal dates; empty means the pack's.")
    wave_size: int = Field(
        5, ge=2, description="So many similar appeals of one place within 72 hours are shown as a wave."
    )
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    fault: str = Field("", description="Test only: kills the process at a named point, `point:n`.")
    telegram_channel: str = Field(
        "bot.channel:open_channel", description="Dotted path of the outbound Telegram channel."
    )
    bot_runner: str = Field("bot.app:run_bot", description="Dotted path of the coroutine that runs the bot.")
    playground_server: str = Field(
        "bot.playground.server:serve", description="Dotted path of the coroutine that serves the playground."
    )

    @model_validator(mode="before")
    @classmethod
    def read_files(cls, values: dict[str, Any]) -> dict[str, Any]:
        for name in cls.model_fields:
            source = os.environ.get(f"{PREFIX}{name.upper()}_FILE")
            if source and not values.get(name):
                values[name] = Path(source).read_text(encoding="utf-8").strip()
        if os.environ.get("PORT"):
            values["port"] = os.environ["PORT"]
        return values

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @cached_property
    def sqlalchemy_url(self) -> str:
        if self.database_url:
            return self.database_url
        return f"sqlite+aiosqlite:///{(self.data_dir / 'qabul.sqlite3').absolute()}"

    @property
    def base_url(self) -> str:
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def attachments_dir(self) -> Path:
        return self.data_dir / "attachments"


class UnsafeSettingsError(Exception):
    """Starting with these settings would put people's data at risk; the text says which and why."""


def load_settings(overrides: Mapping[str, Any] | None = None) -> Settings:
    """Reads, completes and checks the settings; raises UnsafeSettingsError in production."""
    settings = Settings(**dict(overrides or {}))
    if settings.production:
        problems = unsafe(settings)
        if problems:
            raise UnsafeSettingsError(" ".join(problems))
        return settings
    return (
        settings
        if settings.secret_key
        else settings.model_copy(update={"secret_key": _development_key(settings)})
    )


def unsafe(settings: Settings) -> list[str]:
    """Sentences saying what production may not start with; empty when all is well."""
    problems = []
    if len(settings.secret_key) < 32:
        problems.append("QABUL_SECRET_KEY must be at least 32 characters.")
    if not settings.telegram_token:
        problems.append("QABUL_TELEGRAM_TOKEN is empty, and the playground is for development only.")
    if settings.telegram_mode == "webhook" and not settings.telegram_webhook_secret:
        problems.append("QABUL_TELEGRAM_WEBHOOK_SECRET must be set for the webhook.")
    if settings.fault:
        problems.append("QABUL_FAULT is a test hook and must be empty.")
    if not settings.public_url.startswith("https://"):
        problems.append("QABUL_PUBLIC_URL must be the https:// address citizens use.")
    return problems


def _development_key(settings: Settings) -> str:
    path = settings.data_dir / "secret_key"
    if not path.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
            target.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
