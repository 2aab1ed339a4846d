"""Links: who is around a person, how two persons are connected, as table, graph, file and API."""
