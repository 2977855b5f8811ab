"""What a text may not hold, wherever it comes from."""

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (section 2.2) leaves out, and so no page or feed may hold, and C1 controls."""
