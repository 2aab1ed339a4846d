"""How one origin's data is fetched: rule, address, credentials, schedule."""

from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta

import orjson
from django.db import models

from ingestion.models.mapping_version import MappingVersion
from registry.models import Origin
from senappen.lib import changes, crypto


class Rule(models.IntegerChoices):
    """The five transfer rules a state may choose from."""

    SQL_VPN = 1, "1 · visões no banco do estado, por VPN"
    GATEWAY = 2, "2 · API da SENAPPEN hospedada no estado, por VPN"
    API_VPN = 3, "3 · API do estado, por VPN"
    API_INTERNET = 4, "4 · API do estado, pela internet"
    SQL_INTERNET = 5, "5 · visões no banco do estado, pela internet"


class SourceDialect(models.TextChoices):
    """The states' database systems."""

    POSTGRESQL = "postgresql", "PostgreSQL"
    MARIADB = "mariadb", "MariaDB / MySQL"
    FIREBIRD = "firebird", "Firebird"
    ORACLE = "oracle", "Oracle"
    SQLSERVER = "sqlserver", "SQL Server"


class Weekday(models.IntegerChoices):
    """Days of the week as `date.weekday()` counts them."""

    MONDAY = 0, "segunda-feira"
    TUESDAY = 1, "terça-feira"
    WEDNESDAY = 2, "quarta-feira"
    THURSDAY = 3, "quinta-feira"
    FRIDAY = 4, "sexta-feira"
    SATURDAY = 5, "sábado"
    SUNDAY = 6, "domingo"


@dataclass(frozen=True)
class Credentials:
    """How the source is entered. Never shown: `repr` hides the password and the secrets.

    `secrets` are what an API needs besides, by the names its mapping cites.
    """

    username: str
    password: str
    secrets: dict[str, str] = field(default_factory=dict)

    @property
    def named(self) -> dict[str, str]:
        """Every secret by name, `username` and `password` among them."""
        return {**self.secrets, "username": self.username, "password": self.password}

    def with_secret(self, name: str, value: str) -> "Credentials":
        """These credentials with one secret put in place."""
        match name:
            case "username":
                return replace(self, username=value)
            case "password":
                return replace(self, password=value)
        return replace(self, secrets={**self.secrets, name: value})

    def __repr__(self) -> str:
        return f"Credentials({self.username!r}, …)"


@changes.kept(told_of=("encrypted_credentials",))
class Source(models.Model):
    """The transfer configuration of an origin (*fonte*). Changing the rule keeps records and cursors."""

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="+", verbose_name="origem")
    rule = models.PositiveSmallIntegerField("regra", choices=Rule.choices)
    dialect = models.CharField("banco de dados", max_length=20, choices=SourceDialect.choices, blank=True)
    host = models.CharField("servidor", max_length=253)
    port = models.PositiveIntegerField("porta")
    database = models.CharField("base", max_length=120)
    encrypted_credentials = models.BinaryField("credenciais", default=bytes, editable=False)
    photo_folder = models.CharField("pasta de fotos", max_length=500, blank=True)
    # Networks in CIDR, apart by spaces or commas: the only addresses that rules 1 to 3 may reach.
    vpn_range = models.CharField("faixa de endereços da VPN", max_length=500, blank=True)
    # Public, unlike the client's certificate and key, which are secrets of the credentials.
    authority = models.TextField("autoridade certificadora do estado (PEM)", blank=True)
    server_name = models.CharField("nome no certificado do servidor", max_length=253, blank=True)
    mapping = models.ForeignKey(
        MappingVersion, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="mapeamento em uso"
    )
    interval = models.DurationField("intervalo entre cargas", null=True, blank=True)
    daily_at = models.TimeField("hora diária, local", null=True, blank=True)
    # Daily loads of many states begin at different minutes of this window, each always at its own.
    spread = models.DurationField("janela de início", default=timedelta(minutes=30))
    reconcile_weekday = models.PositiveSmallIntegerField(
        "dia da conferência completa", choices=Weekday.choices, null=True, blank=True, default=Weekday.SUNDAY
    )
    # Late commits at the state: rows this much older than the watermark are read again.
    overlap = models.DurationField("sobreposição", default=timedelta(minutes=15))
    enabled = models.BooleanField("ativa", default=True)
    paused_by = models.CharField("pausada por", max_length=80, blank=True, editable=False)
    paused_at = models.DateTimeField("pausada em", null=True, editable=False)
    pause_reason = models.CharField("motivo da pausa", max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField("criada em", auto_now_add=True)

    class Meta:
        verbose_name = "fonte"
        verbose_name_plural = "fontes"
        ordering = ["origin__code"]
        constraints = [
            models.UniqueConstraint(fields=["origin"], condition=models.Q(enabled=True), name="source_one_enabled"),
            models.CheckConstraint(
                condition=models.Q(interval__isnull=True) | models.Q(daily_at__isnull=True),
                name="source_one_schedule",
                violation_error_message="Escolha intervalo ou hora diária, não os dois.",
            ),
            models.CheckConstraint(
                condition=models.Q(spread__gte=timedelta(0), spread__lte=timedelta(hours=12)),
                name="source_spread_within_half_a_day",
                violation_error_message="A janela de início vai de zero a 12 horas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin.code} · regra {self.rule}"

    @property
    def credentials(self) -> Credentials:
        """The decrypted credentials. Raises crypto.DecryptionError."""
        plain = crypto.decrypt(bytes(self.encrypted_credentials), aad=self.place)
        return Credentials(**orjson.loads(plain))

    def seal(self, credentials: Credentials) -> None:
        """Put new credentials in place, encrypted; the source must have been saved once."""
        self.encrypted_credentials = crypto.encrypt(orjson.dumps(asdict(credentials)), aad=self.place)

    @property
    def place(self) -> str:
        """What the credentials' encryption is bound to."""
        return f"{self._meta.db_table}|{self.pk}|encrypted_credentials"
