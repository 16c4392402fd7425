"""The bureau's side: taking in what units hand in, adding it up, and sending it back."""
