"""How long does `complaintkit --help` take against an empty Python, and what does it load?

python benchmarks/startup.py [--repeats 15] [--json FILE]
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PROGRAMS = {
    "python -c pass": ["-c", "pass"],
    "import complaintkit": ["-c", "import complaintkit"],
    "import complaintkit.app": ["-c", "import complaintkit.app"],
    "complaintkit --help": ["-m", "complaintkit", "--help"],
    "complaintkit plugins list": ["-m", "complaintkit", "plugins", "list"],
}
HEAVY = ("sqlalchemy", "alembic", "click", "pluggy", "attr", "cattrs", "asyncio", "email", "starlette", "django")
LOADED = """
import json, runpy, sys
sys.argv = ["complaintkit", *{arguments!r}]
try:
    if {arguments!r}:
        runpy.run_module("complaintkit", run_name="__main__", alter_sys=True)
    else:
        import complaintkit
except SystemExit:
    pass
print("\\n" + json.dumps(sorted(sys.modules)))
"""


def milliseconds(arguments: list[str]) -> float:
    """Return how long a fresh interpreter takes for these arguments."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return (time.perf_counter() - start) * 1e3


def loaded(arguments: list[str]) -> list[str]:
    """Return the modules that `import complaintkit` loads, or the command with these arguments."""
    program = LOADED.format(arguments=arguments)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure in turns, so that other work on the machine touches all alike, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--json", type=Path, help="also write every figure to this file")
    given = parser.parse_args()
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(given.repeats):
        for name, arguments in PROGRAMS.items():
            times[name].append(milliseconds(arguments))
    bare = statistics.median(times["python -c pass"])
    rows: list[dict[str, Any]] = []
    for name, each in times.items():
        middle = statistics.median(each)
        rows.append({"what": name, "ms": middle, "lowest": min(each), "ratio": middle / bare})
        print(f"{name:28}{middle:8.1f} ms (lowest {min(each):.1f}){middle / bare:7.2f} times an empty Python")
    modules = {"import complaintkit": loaded([]), "complaintkit --help": loaded(["--help"])}
    for name, found in modules.items():
        heavy = [one for one in HEAVY if one in found]
        print(f"{name}: {len(found)} modules; of the heavy ones: {', '.join(heavy) or 'none'}")
    if given.json:
        given.json.write_text(json.dumps({"times": rows, "modules": modules}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
