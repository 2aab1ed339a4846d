"""What people are told of the loads without asking: conditions, alerts, e-mail."""
