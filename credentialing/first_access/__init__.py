"""The pages by which a person takes over the account that was approved for them."""
