"""What a user waits for before the first result, as ratios and times in one run.

Question: does `import crossplan` stay far below `import pandas`, and do five plans load
faster than one notices? Limits: 15 % of pandas, and 0.1 s.

Run: ``python benchmarks/start_up.py`` in an environment with crossplan installed. Each
figure is the least of seven fresh processes.
"""

import subprocess
import sys

REPEATS = 7
IMPORT_LIMIT = 0.15
LOAD_LIMIT = 0.1


def least_seconds(code: str, preparation: str = "") -> float:
    """Time a piece of code in fresh processes and give the least, in seconds."""
    timed = (
        f"{preparation}\nimport time\nstart = time.perf_counter()\n{code}\n"
        "print(time.perf_counter() - start)"
    )
    return min(
        float(
            subprocess.run(
                [sys.executable, "-W", "ignore", "-c", timed],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        for _ in range(REPEATS)
    )


def main() -> None:
    """Print the table; end with an error when a limit is passed."""
    ours = least_seconds("import crossplan")
    pandas = least_seconds("import pandas")
    load = least_seconds(
        "crossplan.load_plans()",
        "import crossplan; crossplan.load_plans; import msgspec, rapidfuzz.fuzz",
    )
    print(f"import crossplan      {ours * 1000:8.1f} ms")
    print(f"import pandas         {pandas * 1000:8.1f} ms")
    print(f"ratio                 {ours / pandas:8.1%}    (limit {IMPORT_LIMIT:.0%})")
    print(f"load five plans       {load * 1000:8.1f} ms (limit {LOAD_LIMIT * 1000:.0f} ms)")
    if ours > IMPORT_LIMIT * pandas or load > LOAD_LIMIT:
        sys.exit("a limit is passed")


if __name__ == "__main__":
    main()
