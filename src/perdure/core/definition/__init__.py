"""The service definition: the common language of the product."""
