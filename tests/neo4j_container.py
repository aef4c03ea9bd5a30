"""A Neo4j in a container for the tests of one process, and what removes it."""

import gc
import os
import secrets
import socket
import subprocess
import sys
import time
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Self

import docker
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError
from testcontainers.community.neo4j import Neo4jContainer
from testcontainers.core.config import ConnectionMode, testcontainers_config

OFFLINE_IMAGE = "orgraph/neo4j:offline"
OFFICIAL_IMAGE = "neo4j:5.26"
LABEL = "orgraph.tests"
"""On every container of the tests; its value is who started it."""

SETTINGS = {
    # What a test writes need not last: small files, and a stop without waiting.
    "db_tx__log_preallocate": "false",
    "internal_server_bolt_connection__shutdown__wait__time": "0s",
    "internal_server_bolt_thread__pool__shutdown__wait__time": "0s",
    # Each test has another graph, and needs no other plans than the one before.
    "dbms_cypher_min__replan__interval": "1d",
    "server_memory_heap_initial__size": "256m",
    "server_memory_heap_max__size": "512m",
    "server_memory_pagecache_size": "128m",
}
_REAPER = Path(__file__).with_name("container_reaper.py")
_WIPE = """
MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS
"""


class UnavailableError(Exception):
    """There is no container to be had; the message says why, without a full stop."""


def image_to_use() -> str:
    """Return the image that the tests run on, fetched if need be.

    The one named by ORGRAPH_NEO4J_IMAGE; else the one of docker/offline/build, if it
    has been built; else the official one.

    Raises:
        UnavailableError: if no Docker engine answers, or the image can't be had.
    """
    named = os.environ.get("ORGRAPH_NEO4J_IMAGE")
    client = _engine()
    try:
        for image in [named] if named else [OFFLINE_IMAGE, OFFICIAL_IMAGE]:
            with suppress(docker.errors.ImageNotFound):
                client.images.get(image)
                return image
        wanted = named or OFFICIAL_IMAGE
        client.images.pull(wanted)
    except docker.errors.DockerException:
        raise UnavailableError(
            f"the image {wanted} is not here and can't be fetched;"
            " docker/offline/build makes one"
        ) from None
    else:
        return wanted
    finally:
        client.close()


def _engine() -> docker.DockerClient:
    with warnings.catch_warnings():
        # The client leaves a socket behind that found nobody at its other end.
        warnings.simplefilter("ignore", ResourceWarning)
        with suppress(docker.errors.DockerException):
            return docker.from_env()
        gc.collect()
    raise UnavailableError("no Docker engine answers")


class Neo4jServer:
    """A running Neo4j. Use it in a `with`: at its end the container is gone.

    `kill` and `start` keep the address and what was written, like a machine that loses
    its power.
    """

    username = "neo4j"

    def __init__(self, image: str) -> None:
        """Prepare a container of the image, at a free port of this machine."""
        self.password = secrets.token_urlsafe(12)
        self.url = f"bolt://127.0.0.1:{_free_port()}"
        _prepare_testcontainers()
        self.container = Neo4jContainer(image, password=self.password)
        for name, value in SETTINGS.items():
            self.container.with_env(f"NEO4J_{name}", value)
        # A server that lives for minutes is sooner warm without the second compiler.
        self.container.with_env("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
        owner = secrets.token_hex(8)
        self.container.with_kwargs(labels={LABEL: owner})
        # On this machine only, and at the same port after a restart.
        self.container.ports = {"7687/tcp": ("127.0.0.1", int(self.url.split(":")[-1]))}
        self._reaper = _start_reaper(owner)
        self._driver: Driver | None = None

    def __enter__(self) -> Self:
        """Return when the server answers."""
        self.container.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the container, and whatever else of it there may be."""
        if self._driver is not None:
            self._driver.close()
        try:
            self.container.stop()
        finally:
            os.close(self._reaper)

    @property
    def driver(self) -> Driver:
        """A driver of its own, for looking at the server beside a store."""
        if self._driver is None:
            self._driver = GraphDatabase.driver(
                self.url,
                auth=(self.username, self.password),
                notifications_min_severity="OFF",
            )
        return self._driver

    def wipe(self) -> None:
        """Delete every node and relationship; constraints and indexes stay."""
        with self.driver.session() as session:
            session.run(_WIPE).consume()

    def kill(self) -> None:
        """End the server at once, with nothing written that wasn't yet."""
        self.container.get_wrapped_container().kill()

    def start(self, seconds: float = 120) -> None:
        """Start it again after `kill`; return when it answers."""
        self.container.get_wrapped_container().start()
        end = time.monotonic() + seconds
        while True:
            try:
                self.driver.verify_connectivity()
            except (DriverError, Neo4jError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
            else:
                return

    @property
    def runs(self) -> bool:
        """Whether it is there to be asked."""
        container = self.container.get_wrapped_container()
        container.reload()
        return bool(container.status == "running")


def _prepare_testcontainers() -> None:
    config = testcontainers_config
    # Its own clean-up is one more image, which isn't to be had everywhere.
    config.ryuk_disabled = True
    config.sleep_time, config.max_tries = 0.2, 600
    # Inside a container it would take the bridge's address, where nothing is published.
    config.connection_mode_override = ConnectionMode.docker_host
    config.tc_host_override = "127.0.0.1"


def _start_reaper(owner: str) -> int:
    """Return what the reaper reads to the end: it is open as long as this process."""
    reading, writing = os.pipe()
    command = [sys.executable, _REAPER, f"{LABEL}={owner}"]
    # It outlives this process, and must not keep its output open.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(command, stdin=reading, check=True, **quiet)
    os.close(reading)
    return writing


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
