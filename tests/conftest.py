"""What every test shares: the option that renews expected files, and quiet Hypothesis."""

import pytest
from hypothesis import settings

# Examples are the same in every run, so that a failure is never a matter of luck; to look further:
# pytest --hypothesis-profile=explore
settings.register_profile("digest", database=None, deadline=None, derandomize=True)
settings.register_profile("explore", database=None, deadline=None, max_examples=20000)
settings.load_profile("digest")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the program says now into the expected files, to be read in the diff",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
