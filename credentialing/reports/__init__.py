"""Monthly reports (Portaria MJSP 218/2021, arts. 28–32): prepared here, completed, signed and submitted by agencies."""
