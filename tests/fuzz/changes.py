"""By target: how its inputs are changed so that they keep their shape."""

import nested
import shapes

CHANGES = {
    "pdf": shapes.pdf,
    "docx": shapes.archive,
    "qdpx": shapes.archive,
    "tasks": nested.JSON.changed,
    "themes": nested.YAML.changed,
    "frameworks": nested.TOML.changed,
}
