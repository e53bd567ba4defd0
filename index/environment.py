"""Settings from the environment: SME_ and the name of the field, in capitals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

Settings = TypeVar("Settings", bound=BaseModel)


def from_environment(model: type[Settings], environment: Mapping[str, str], refusal: type[Exception]) -> Settings:
    """The model's defaults overridden by its variables; blank ones count as unset.

    An unusable value raises `refusal` with a sentence that names the variable.
    """
    given = {name: environment.get(f"SME_{name.upper()}", "").strip() for name in model.model_fields}
    try:
        return model.model_validate({name: value for name, value in given.items() if value})
    except ValidationError as error:
        first = error.errors()[0]
        name = f"SME_{str(first['loc'][0]).upper()}"
        raise refusal(f"{name}={first['input']!r} cannot be used: {first['msg']}.") from error
