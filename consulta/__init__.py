"""Restricted consultation. Everything that shows a person passes `consulta.access`, the gate."""
