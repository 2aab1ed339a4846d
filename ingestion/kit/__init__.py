"""What a state is given to connect: view templates, the reader's script, the dictionary, a mapping, a VPN."""
