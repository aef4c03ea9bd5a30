"""Removes the containers with a label once whoever started this has ended, in any way.

`container_reaper.py LABEL=VALUE` returns at once, and leaves a process in a session of
its own. Its standard input is a pipe that nobody writes to: it ends when the process at
the other end does, be it killed.
"""

import os
import sys
import time

LATE = 3.0
"""Seconds after which a container that was still being made is there."""


def remove_all(label: str) -> None:
    """Remove every container with the label, running or not."""
    import docker

    client = docker.from_env()
    for container in client.containers.list(all=True, filters={"label": label}):
        try:
            container.remove(force=True, v=True)
        except docker.errors.APIError:
            continue  # it is gone by now, or somebody else removes it
    client.close()


def main() -> None:
    """Wait for the end, and look twice."""
    if os.fork():
        os._exit(0)
    os.setsid()  # an interrupt from the keyboard passes it by
    sys.stdin.read()
    try:
        remove_all(sys.argv[1])
        time.sleep(LATE)
        remove_all(sys.argv[1])
    except Exception:  # noqa: BLE001 - there is no engine any more, nor anyone to tell
        sys.exit(1)


if __name__ == "__main__":
    main()
