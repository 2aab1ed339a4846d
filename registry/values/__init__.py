"""Value functions of the registry: pure, typed, without Django and without dependencies."""
