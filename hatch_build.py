"""Builds the knowledge file while the package is built or installed, so that a wheel carries it.

Runs `detente.codebook.build` from the source tree, in a process of its own; does nothing when the file is newer
than its sources.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

KNOWLEDGE = "detente/data/knowledge.sqlite"
# The same list stands in the Makefile.
SOURCES = ("detente/data/whoswho/*", "detente/data/gazetteer/*", "detente/codebook/*.py")
# While a package is being built its dependencies are not there yet. So `detente` is entered as a bare folder: its own
# __init__.py, which offers the reader, is not run.
PROGRAM = """
import runpy, sys, types
package = types.ModuleType("detente")
package.__path__ = [sys.argv[1] + "/detente"]
sys.modules["detente"] = package
sys.argv = ["build", "--out", sys.argv[2]]
runpy.run_module("detente.codebook.build", run_name="__main__")
"""


class KnowledgeHook(BuildHookInterface):
    """Makes sure that the knowledge file is there before files are collected."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the file for a wheel or an editable install; a source distribution carries the sources alone."""
        if self.target_name == "wheel" and is_stale(Path(self.root)):
            build(Path(self.root))


def is_stale(root: Path) -> bool:
    """Whether the knowledge file is missing or older than anything it is built from."""
    target = root / KNOWLEDGE
    if not target.exists():
        return True
    built = target.stat().st_mtime
    return any(source.stat().st_mtime > built for pattern in SOURCES for source in root.glob(pattern))


def build(root: Path) -> None:
    """Run the build script; its own words tell what went wrong."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(root), str(root / KNOWLEDGE)], cwd=root, check=False)
    if done.returncode:
        raise RuntimeError(f"building {KNOWLEDGE} failed; run `python -m detente.codebook.build` in {root} to see why")
