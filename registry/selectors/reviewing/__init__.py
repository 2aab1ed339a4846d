"""Reads of the review desk: the queue, a pair, the statistics, the judgements of a person."""
