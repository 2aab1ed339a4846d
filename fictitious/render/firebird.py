"""A state's database in Firebird, loaded from its files."""

from pathlib import Path, PurePosixPath

import sqlalchemy as sa
from firebird.driver import connect, create_database
from firebird.driver.types import DatabaseError

from fictitious.render import relational
from fictitious.states.spec import Profile

CHARSETS = {"LATIN1": "ISO8859_1", "UTF8": "UTF8"}


def load(dsn: str, profile: Profile, folder: Path, reader_password: str) -> None:
    """Create the database `estado_<uf>.fdb` anew and fill it from `folder`.

    `dsn` is an administrator's address of the server's folder of databases; another database of that name is dropped.
    The account `leitor_<uf>` may only select from the views.
    """
    url = address(dsn, profile)
    _create(url, CHARSETS[profile.encoding])
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"charset": "UTF8"})
    relational.fill(engine, profile, folder)
    relational.write_mapping(profile, folder, "firebird")
    password = reader_password.replace("'", "''")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE OR ALTER USER {profile.reader} PASSWORD '{password}'")
    with engine.begin() as connection:
        quote = connection.dialect.identifier_preparer.quote
        for statement in relational.grants(profile, f"USER {profile.reader}", quote):
            connection.exec_driver_sql(statement)
        # A view of Firebird reads its tables with rights of its own.
        for name, table in relational.reads(profile):
            connection.exec_driver_sql(f"GRANT SELECT ON {quote(table)} TO VIEW {quote(name)}")


def address(dsn: str, profile: Profile) -> sa.URL:
    """The address of the state's database."""
    url = sa.make_url(dsn)
    return url.set(database=str(PurePosixPath(url.database or "") / f"{profile.database}.fdb"))


def _create(url: sa.URL, charset: str) -> None:
    place = f"{url.host}/{url.port}:{url.database}"
    account = {"user": url.username, "password": url.password, "charset": "UTF8"}
    try:
        connect(place, **account).drop_database()
    except DatabaseError as error:
        if error.sqlstate != "08001":  # there is none
            raise
    with create_database(place, **account, overwrite=False) as database:
        database.execute_immediate(f"ALTER DATABASE SET DEFAULT CHARACTER SET {charset}")
        database.commit()
