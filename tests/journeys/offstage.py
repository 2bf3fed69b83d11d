"""The process of a portal in which a journey's scripts run: started once, and every script gets a fresh copy of it.

`Portal` writes a script as one line of JSON and reads how it went. A copy (a fork) leaves nothing behind for the next
one, as a new `manage.py shell` would, but does not spend a second on starting: a journey has a dozen of them.
"""

import json
import os
import sys
import traceback
from tempfile import TemporaryFile
from typing import IO

import django


def main() -> None:
    """Run scripts until nobody sends any more."""
    django.setup()
    from celery import current_app
    from django.db import connections

    current_app.loader.import_default_modules()
    import tests.journeys.backstage  # noqa: F401 - what nearly every script begins with

    connections.close_all()  # a connection cannot be shared: each copy opens its own
    for line in sys.stdin:
        with TemporaryFile() as out, TemporaryFile() as err:
            copy = os.fork()
            if not copy:
                _play(json.loads(line), out, err)
            ended = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
            said = [each.seek(0) or each.read().decode() for each in (out, err)]
        sys.stdout.write(json.dumps([ended, *said]) + "\n")
        sys.stdout.flush()


def _play(script: str, out: IO[bytes], err: IO[bytes]) -> None:
    """Run a script in this copy, and leave."""
    for number, file in ((1, out), (2, err)):
        os.dup2(file.fileno(), number)
    ended = 1
    try:
        exec(compile(script, "<off stage>", "exec"), {"__name__": "__main__"})  # noqa: S102 - a journey's own lines
        ended = 0
    except BaseException:  # noqa: BLE001 - whatever it was, the journey is told, and the copy must not go on as its original
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended)


if __name__ == "__main__":
    main()
