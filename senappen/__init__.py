"""The project that composes the apps: settings, routes, processes. No app imports it, except `senappen.lib`."""
