"""A state's database in MariaDB, loaded from its files."""

from pathlib import Path

import sqlalchemy as sa

from fictitious.render import relational
from fictitious.states.spec import Profile

CHARSETS = {"LATIN1": "latin1", "UTF8": "utf8mb4"}


def load(dsn: str, profile: Profile, folder: Path, reader_password: str) -> None:
    """Create the database `estado_<uf>` anew on the server of `dsn` (an administrator's) and fill it from `folder`.

    Another database of that name is dropped. The account `leitor_<uf>` may only select from the views.
    """
    _create(dsn, profile)
    engine = sa.create_engine(sa.make_url(dsn).set(database=profile.database), poolclass=sa.NullPool)
    relational.fill(engine, profile, folder)
    relational.write_mapping(profile, folder, "mariadb")
    reader = f"'{profile.reader}'@'%'"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP USER IF EXISTS {reader}".replace("%", "%%"))
        made = sa.text(f"CREATE USER {reader} IDENTIFIED BY :password")
        connection.execute(made, {"password": reader_password})
        quote = connection.dialect.identifier_preparer.quote
        for statement in relational.grants(profile, reader, quote):
            connection.execute(sa.text(statement))


def _create(dsn: str, profile: Profile) -> None:
    charset = CHARSETS[profile.encoding]
    with sa.create_engine(dsn, poolclass=sa.NullPool).begin() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {profile.database}")
        # Keys and names keep their case and accents in comparisons, as they do in PostgreSQL.
        connection.exec_driver_sql(f"CREATE DATABASE {profile.database} CHARACTER SET {charset} COLLATE {charset}_bin")
