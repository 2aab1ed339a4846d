"""The registry's writes. Each names its actor (`by=`), is atomic and leaves its audit record."""
