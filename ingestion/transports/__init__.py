"""How rows come from a state: one transport for each way of asking, all giving the same batches."""
