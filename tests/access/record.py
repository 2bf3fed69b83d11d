"""`python -m tests.access.record`: write the access table anew. Read the difference before you commit it."""

import os
import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    os.environ["RECORD_ACCESS"] = "1"
    sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", str(Path(__file__).with_name("test_matrix.py"))]))
