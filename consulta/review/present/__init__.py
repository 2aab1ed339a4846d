"""A pair, the queue and the statistics in the words of the screen."""
