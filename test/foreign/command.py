"""The command line that the servers have in common: a folder and habits go in, a profile for the device comes out."""

import argparse
import os
import signal
import threading


def serve(description, known, start):
    """`start(folder, habits)` gives the listeners, the text of the target profile, and what is printed for its path."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--folder", required=True, help="for its authority, its log and the target profile; made anew")
    parser.add_argument("habits", nargs="*", metavar="NAME=VALUE",
                        help="what it does otherwise: " + ", ".join(f"{name}={value}" for name, value in known.items()))
    given = parser.parse_args()
    habits = dict(habit.split("=", 1) for habit in given.habits)
    unknown = set(habits) - set(known)
    if unknown:
        parser.error(f"no such habit: {', '.join(sorted(unknown))}")
    os.makedirs(given.folder, exist_ok=True)
    listeners, profile, lines = start(given.folder, habits)
    for each in listeners:
        threading.Thread(target=each.serve_forever, daemon=True).start()
    path = os.path.join(given.folder, "profile.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(profile)
    print("\n".join(lines(path)), flush=True)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    stop.wait()
