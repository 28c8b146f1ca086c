"""What every test here lives under, those of the plugins included."""

import os

from hypothesis import HealthCheck, settings

# House rule 12: which plugins happen to be installed beside the checkout must not change what a test sees. Set before
# anything is imported, and in the environment, so that programs started by a test inherit it.
os.environ["COMPLAINTKIT_PLUGINS"] = ""

# A machine that is busy with something else must not fail a test.
settings.register_profile("complaintkit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("complaintkit")
