"""What the pages of the establishments show, at the present time: one module for each part."""
