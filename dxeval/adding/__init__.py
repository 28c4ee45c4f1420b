"""An export and the workspace: taken in, held against what it replaces, or drafted from."""
