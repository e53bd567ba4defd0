"""YAML as the project reads it: safe, and with duplicate keys refused (PyYAML lets the last one win)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

# The loader in C is ten times as fast; every wheel of PyYAML has it, a build without libyaml does not.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):  # type: ignore[misc]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=deep)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"duplicate key {key!r}", key_node.start_mark)
            seen.add(key)
        return dict(super().construct_mapping(node, deep))


def load_yaml(text: str) -> Any:
    """Plain values from YAML text; raises yaml.YAMLError with line and column."""
    return yaml.load(text, _StrictLoader)  # noqa: S506 - a SafeLoader
