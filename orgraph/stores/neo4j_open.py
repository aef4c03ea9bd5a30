"""Opens and makes the stores on Neo4j servers, and knows one when it sees it."""

import getpass
import json
import logging
import os
import re
import sys
from functools import cache
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit, urlunsplit
from uuid import uuid4

from ..errors import InputError, StoreError
from ..pack import OtherVersionError, Pack, stored_pack
from . import neo4j_schema as schema
from .neo4j_errors import Plainly
from .neo4j_fences import Server
from .neo4j_hold import STALE_SECONDS, Hold
from .neo4j_session import Session
from .neo4j_wipe import wipe

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
USERNAME, PASSWORD = "NEO4J_USERNAME", "NEO4J_PASSWORD"
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+(%[\w.-]+)?")
_DATABASE = re.compile(r"[\w.-]*")


class Address(NamedTuple):
    """Where a store is: the server, the database on it, and the user named."""

    server: str
    database: str | None
    user: str | None
    name: str


def address(url: str) -> Address:
    """Read a URL; InputError for a password, or for what such a URL doesn't have.

    What is refused may hold a password in any place: of that only the scheme is
    repeated, and the host where it can be nothing else.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        scheme = url.partition("://")[0]
        known = f"{scheme}://: " if scheme in SCHEMES else ""
        message = f"{known}this is no URL of a server, as neo4j://host:7687 is"
        raise InputError(message) from None
    user = unquote(parts.username) if parts.username else None
    # Behind a slash, # or ? the rest of a password is no part of the server.
    behind = unquote(f"{parts.path}?{parts.query}#{parts.fragment}")
    if parts.password is not None or ":" in (user or "") or "@" in behind:
        message = (
            "a password doesn't belong into a URL, which others may see; set "
            f"{PASSWORD}, or leave it out and be asked"
        )
        raise InputError(message)
    wrong = _wrong(parts)
    if wrong:
        raise InputError(wrong)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = parts.netloc.rpartition("@")[2]
    server = urlunsplit((parts.scheme, host, "", "", ""))
    return Address(server, asked.get("database") or None, user, url)


def _wrong(parts: SplitResult) -> str | None:
    try:
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        port_is_right = False
    if parts.scheme not in SCHEMES:
        return f"there are no {parts.scheme}:// stores; there are {', '.join(SCHEMES)}"
    host = parts.hostname or ""
    if not _is_host(host) or not port_is_right:
        return f"{parts.scheme}://: a URL names a server, as in neo4j://host:7687"
    asked = parse_qsl(parts.query, keep_blank_values=True)
    is_odd = any(
        name != "database" or not _DATABASE.fullmatch(value) for name, value in asked
    )
    if parts.path not in {"", "/"} or parts.fragment or is_odd:
        said = "after the server only ?database=NAME may stand"
    elif len(asked) > 1:
        said = "a URL names one database; ?database= stands there more than once"
    elif ("database", "system") in ((name, value.lower()) for name, value in asked):
        said = "the database system holds no graphs; name another by ?database="
    else:
        return None
    return f"{parts.scheme}://{host}: {said}"


def _is_host(name: str) -> bool:
    try:
        name.encode("idna")
    except UnicodeError:
        return False
    return _HOST.fullmatch(name) is not None


def connected(where: Address) -> Session:
    """Connect to the server, and see that it is one that orgraph can use."""
    try:
        import neo4j
    except ImportError:
        message = (
            f"{where.name}: a store on a server needs the driver of Neo4j; "
            "pip install 'orgraph[neo4j]'"
        )
        raise StoreError(message) from None
    # Its warnings would stand between our sentences; whoever wants them adds a handler.
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    credentials = _credentials(where)
    with Plainly(where.name):
        driver = neo4j.GraphDatabase.driver(
            where.server,
            auth=credentials,
            notifications_min_severity="OFF",
            user_agent="orgraph",
        )
        try:
            agent = driver.get_server_info().agent
            _refuse_old(where, str(agent))
        except BaseException:
            driver.close()
            raise
        bookmarks = neo4j.GraphDatabase.bookmark_manager()
    return Session(Server(driver, where.database, where.name, bookmarks))


def _credentials(where: Address) -> tuple[str, str] | None:
    """Return user and password, from the environment or a prompt; None where none."""
    user = where.user or os.environ.get(USERNAME)
    password = os.environ.get(PASSWORD)
    if user is None and password is None:
        return None
    user = user or "neo4j"
    if password is None:
        if not sys.stdin.isatty():
            message = (
                f"{where.name}: nobody can be asked for a password; set {PASSWORD}"
            )
            raise StoreError(message)
        password = _asked(user, where.server)
    return user, password


@cache
def _asked(user: str, server: str) -> str:
    """Ask for a password, once a process: a command may connect several times."""
    return getpass.getpass(f"Password of {user} on {server}: ")


def _refuse_old(where: Address, agent: str) -> None:
    version = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if version and tuple(map(int, version.groups())) < schema.OLDEST_SERVER:
        wanted = ".".join(map(str, schema.OLDEST_SERVER))
        message = (
            f"{where.name}: the server is {agent.replace('/', ' ')}, "
            f"and orgraph needs Neo4j {wanted} or later"
        )
        raise StoreError(message)


class Found(NamedTuple):
    """What the store node of a graph says."""

    pack: str | None
    version: int | None
    head: int | None
    loading: str | None
    is_loading_now: bool


def find_store(session: Session) -> Found:
    """Return what the store node says; all None where there is none."""
    return session.rows(schema.STORE, {"stale": STALE_SECONDS}, Found)[0]


def read_pack(session: Session) -> Pack:
    """Return the pack of a store; StoreError where there is none that can be read."""
    found, name = find_store(session), session.server.name
    if found.pack is None:
        message = (
            f"{name}: there is no store here; make one with orgraph init or import"
        )
        raise StoreError(message)
    if found.version != schema.FORMAT_VERSION:
        message = (
            f"{name}: the store has format {found.version} and this orgraph reads "
            f"{schema.FORMAT_VERSION}; open it with the orgraph that made it"
        )
        raise StoreError(message)
    if found.loading is not None:
        state = "is being filled" if found.is_loading_now else "was never filled whole"
        cure = (
            "try again later"
            if found.is_loading_now
            else "make it anew with orgraph init"
        )
        message = f"{name}: the store {state}, since {found.loading}; {cure}"
        raise StoreError(message)
    try:
        return stored_pack(json.loads(found.pack), None)
    except OtherVersionError as error:
        message = f"{name}: {error}"
        raise StoreError(message) from error
    except (ValueError, InputError) as error:
        message = f"{name}: the store's pack can't be read ({error})"
        raise StoreError(message) from error


def make_store(session: Session, pack: Pack, *, into_existing: bool) -> str:
    """Make the store node, constraints and indexes; return what it is known by.

    Refused where there is a store, and where there are data of others, unless these are
    to stay beside it: then only where they have none of our labels.
    """
    found, name = find_store(session), session.server.name
    if found.pack is not None:
        hold = Hold(session)
        if found.loading is None or not hold.take_over():
            message = f"{name}: there is a store already; nothing was written"
            raise StoreError(message)
        wipe(session, hold)
    _refuse_others(session, into_existing=into_existing)
    make_schema(session, pack)
    data = json.dumps(pack.data, ensure_ascii=False)
    made = uuid4().hex
    asked = {"format": schema.FORMAT_VERSION, "pack": data, "name": pack.name}
    session.alone(schema.MAKE_STORE, {**asked, "made": made})
    return made


def make_schema(session: Session, pack: Pack) -> None:
    """Make the constraints and indexes that are missing, and wait for them."""
    there = set(session.rows(schema.SHOW_SCHEMA, {}, str))
    missing = [made.statement for made in schema.schema(pack) if made.name not in there]
    if missing:
        session.alone_all(missing)
    session.alone(schema.AWAIT_INDEXES, {})


def drop_indexes(session: Session, pack: Pack) -> None:
    """Drop what a load doesn't need, which would be changed with every row."""
    made = schema.schema(pack)
    session.alone_all(one.drop for one in made if one.name not in schema.LOADING)


def refuse_labels(session: Session, *known: str) -> None:
    """Refuse a graph whose nodes of others would be taken for those of a store.

    Nodes that have the `known` labels are ours.
    """
    name = session.server.name
    taken = {*session.rows(schema.TAKEN_LABELS, {}, str)} - {*known}
    if taken:
        message = (
            f"{name}: the graph has nodes of others that are called "
            f"{' and '.join(sorted(taken))}, as those of a store are; "
            "name another database by ?database="
        )
        raise StoreError(message)


def _refuse_others(session: Session, *, into_existing: bool) -> None:
    refuse_labels(session)
    name = session.server.name
    if not into_existing and session.rows(schema.ANYTHING, {}, bool)[0]:
        message = (
            f"{name}: there are data of others in this graph; "
            "orgraph init --into-existing makes a store beside them"
        )
        raise StoreError(message)


def store_is_there(url: str) -> bool:
    """Tell whether there is a store at a URL, one half filled not counted."""
    session = connected(address(url))
    try:
        found = find_store(session)
        return found.pack is not None and (
            found.loading is None or found.is_loading_now
        )
    finally:
        session.server.driver.close()
