"""A page in headless Chromium, driven over its pipe: no driver, port or network."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pytest

COMMAND = shutil.which("chromium") or shutil.which("google-chrome")
REQUIRED = os.environ.get("ORGRAPH_REQUIRE_BROWSER") == "1"
SECONDS = 60
_FLAGS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
_SHOWN = "[...document.querySelectorAll('{0}')].filter(e => e.checkVisibility()).length"
_UNFOLDED = "[...document.querySelectorAll('main details')].map(d => d.open)"


def needed() -> None:
    """Skip a test where there is no Chromium; where it is required, fail."""
    if COMMAND is None:
        said = "there is no chromium on the PATH"
        if REQUIRED:
            pytest.fail(said)
        pytest.skip(said)


class Page:
    """One tab, asked by the messages of the DevTools protocol."""

    def __init__(self, asked: BinaryIO, answers: BinaryIO) -> None:
        """Take the two ends of the pipe, and open a tab."""
        self._out, self._in = asked, answers
        self._unread = b""
        self._number = 0
        self._session: str | None = None
        self.requests: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.send(f"{domain}.enable")
        self.problems: list[str] = []

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401
        """Send a message and return its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result

    def wait(self, event: str) -> None:
        """Wait for an event."""
        while self._read().get("method") != event:
            pass

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            assert select.select([self._in], [], [], SECONDS)[0], "Chromium is silent"
            more = self._in.read(1 << 20)
            assert more, "Chromium ended"
            self._unread += more
        one, self._unread = self._unread.split(b"\0", 1)
        message: dict[str, Any] = json.loads(one)
        said = message.get("params", {})
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])
        elif message.get("method") == "Runtime.exceptionThrown":
            self.problems.append(str(said["exceptionDetails"]))
        elif message.get("method") == "Log.entryAdded":
            self.problems.append(said["entry"]["text"])
        return message

    def open(self, file: Path, width: int = 1440, *, dark: bool = False) -> None:
        """Open a file in a window of a width, and wait until it is shown."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", media="", features=[scheme])
        self.requests.clear()
        self.problems.clear()
        self.send("Page.navigate", url=file.absolute().as_uri())
        self.wait("Page.loadEventFired")

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever the script returns
        """Return what an expression comes to in the page; a promise is awaited."""
        answer = self.send(
            "Runtime.evaluate",
            expression=script,
            returnByValue=True,
            awaitPromise=True,
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def visible(self, what: str) -> int:
        """Return how many elements that a selector names can be seen."""
        return int(self.run(_SHOWN.format(what)))

    def unfolded(self) -> list[bool]:
        """Return whether each part of the page that folds is open."""
        return list(self.run(_UNFOLDED))

    def press(self, key: str, text: str = "") -> None:
        """Press a key, as on a keyboard."""
        for kind in ("keyDown", "keyUp"):
            typed = {"text": text} if text and kind == "keyDown" else {}
            code = {"Enter": 13, " ": 32, "Escape": 27, "Tab": 9}.get(key, 0)
            known = {"windowsVirtualKeyCode": code} if code else {}
            self.send("Input.dispatchKeyEvent", type=kind, key=key, **typed, **known)

    def type(self, text: str) -> None:
        """Type a text where the focus is, and wait until the page has filtered."""
        for sign in text:
            self.press(sign, sign)
        self.settle()

    def settle(self) -> None:
        """Wait until what was asked of the page is done."""
        self.run(
            "new Promise(done => setTimeout(() => requestAnimationFrame(done), 200))"
        )

    def work(self, file: Path) -> float:
        """Open a file, and return the seconds of a processor that it took the page.

        They are those of what lays out and runs the page, whatever else is running. A
        tab is asked only once: its counters go on.
        """
        self.send("Performance.enable", timeDomain="threadTicks")
        self.open(file)
        self.settle()
        metrics = self.send("Performance.getMetrics")["metrics"]
        return float({one["name"]: one["value"] for one in metrics}["TaskDuration"])

    def picture(self, *, whole: bool = True) -> bytes:
        """Return a picture of the page, as a PNG."""
        shot = self.send("Page.captureScreenshot", captureBeyondViewport=whole)
        return base64.b64decode(shot["data"])

    def pdf(self) -> bytes:
        """Return the page as it is printed."""
        return base64.b64decode(self.send("Page.printToPDF")["data"])


@contextmanager
def chromium() -> Iterator[Page]:
    """Start Chromium with an empty profile; it ends with the test."""
    assert COMMAND is not None
    to_read, to_ask = os.pipe()
    to_listen, to_answer = os.pipe()

    def at_three_and_four() -> None:
        # The numbers that Chromium looks at; the pipes may have them already.
        kept = (os.dup(to_read), os.dup(to_answer))
        os.dup2(kept[0], 3)
        os.dup2(kept[1], 4)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [COMMAND, *_FLAGS, f"--user-data-dir={profile}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=False,
            preexec_fn=at_three_and_four,  # noqa: PLW1509 - no threads run here
        )
        os.close(to_read)
        os.close(to_answer)
        asked = os.fdopen(to_ask, "wb", buffering=0)
        answers = os.fdopen(to_listen, "rb", buffering=0)
        try:
            yield Page(asked, answers)
        finally:
            process.kill()
            process.wait(SECONDS)
            asked.close()
            answers.close()


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """Return a tab; one Chromium serves all tests of a file."""
    needed()
    with chromium() as tab:
        yield tab
