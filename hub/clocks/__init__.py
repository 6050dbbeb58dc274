"""Legal time: calendars, policies, terms (pure); stored clocks, their explanations and sweeps."""
