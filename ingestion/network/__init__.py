"""What a source may reach, and how we know who answers there. Every transport connects by way of this package."""
