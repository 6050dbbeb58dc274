"""What the figures were measured on."""

import os
import platform
import sqlite3
from pathlib import Path


def describe() -> dict[str, str]:
    """Processor, cores, memory, versions; and how busy the machine was before we began."""
    return {
        "processor": _after("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": _gigabytes(_after("/proc/meminfo", "MemTotal")),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load before": " ".join(f"{load:.2f}" for load in os.getloadavg()),
    }


def _after(path: str, label: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(label)), "")


def _gigabytes(kilobytes: str) -> str:
    return f"{int(kilobytes.split()[0]) / 1_048_576:.1f} GB" if kilobytes else "unknown"
