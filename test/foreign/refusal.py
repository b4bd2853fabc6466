"""What this server refuses a request with, and where it tells of it."""

import json
import threading


class Refusal(Exception):
    """`kind` is the SOAP subcode in the enrolment, an HTTP status in management; `text` says what is wrong."""

    def __init__(self, kind, text, error_type=None):
        super().__init__(text)
        self.kind = kind
        self.text = text
        self.error_type = error_type


def need(condition, kind, text):
    if not condition:
        raise Refusal(kind, text)


class Log:
    """One JSON object a line: what was seen, checked and refused. Tokens and keys are never in it."""

    def __init__(self, path):
        self._file = open(path, "a", encoding="utf-8")
        self._lock = threading.Lock()

    def write(self, event, **facts):
        with self._lock:
            self._file.write(json.dumps({"event": event, **facts}) + "\n")
            self._file.flush()
