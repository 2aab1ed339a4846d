"""What a second person decides: follows, and exports above the cap. They see what for, never whom."""
