"""What the events of a month add up to: for one agency's monthly report, and for the platform's balance."""
